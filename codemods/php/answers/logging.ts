import { isMethodCall, nameOf, type PhpNode, type PhpSource } from '../tree';

const LOGS = new Set(['error_log', 'syslog', 'var_dump']);
/** What makes a text of a value, on its way to a log. */
const FORMATS = new Set(['print_r', 'var_export', 'json_encode', 'serialize', 'sprintf', 'strval']);
const THROUGH = new Set(['argument', 'arguments', 'array_element_initializer', 'array_creation_expression']);
const LOG_METHOD = /^(?:log|debug|info|notice|warning|warn|error|critical|add(?:Debug|Info|Notice|Warning|Error))$/i;

/** Whether a value only goes to a log, where v2's words are as good as those of legacy. */
export function isLogged(source: PhpSource, node: PhpNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (THROUGH.has(parent.kind) || parent.kind === 'encapsed_string') return isLogged(source, parent);
  if (parent.kind === 'binary_expression') {
    return parent.children.some((child) => child.kind === '.') && isLogged(source, parent);
  }
  if (parent.kind === 'function_call_expression') {
    const name = nameOf(source, parent)?.toLowerCase() ?? '';
    return LOGS.has(name) || (FORMATS.has(name) && isLogged(source, parent));
  }
  if (isMethodCall(parent) && parent.parts[0] !== node) {
    const [object] = parent.parts;
    return (
      LOG_METHOD.test(nameOf(source, parent) ?? '') && /log/i.test(object === undefined ? '' : source.textOf(object))
    );
  }
  return false;
}
