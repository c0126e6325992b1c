import { isMethodCall, nameOf, type PhpNode, type PhpSource } from '../tree';

const LOGS = new Set(['error_log', 'syslog', 'var_dump']);
/** What makes a text of a value, on its way to a log. */
const FORMATS = new Set(['print_r', 'var_export', 'json_encode', 'serialize', 'sprintf', 'strval']);
const THROUGH = new Set(['argument', 'arguments', 'array_element_initializer', 'array_creation_expression']);
const LOG_METHOD = /^(?:log|debug|info|notice|warning|warn|error|critical|add(?:Debug|Info|Notice|Warning|Error))$/i;

/** The whole text that a value becomes a part of: `'declined: ' . $code`, `"declined: $code"`, `sprintf('declined: %s', $code)`. */
function wholeText(source: PhpSource, node: PhpNode): PhpNode {
  const { parent } = node;
  if (parent === null) return node;
  const isPart =
    parent.kind === 'encapsed_string' ||
    parent.kind === 'parenthesized_expression' ||
    (parent.kind === 'binary_expression' && parent.children.some((child) => child.kind === '.'));
  if (isPart) return wholeText(source, parent);
  const call = parent.kind === 'argument' ? parent.parent?.parent : null;
  const isFormatted = call?.kind === 'function_call_expression' && nameOf(source, call)?.toLowerCase() === 'sprintf';
  return isFormatted ? wholeText(source, call) : node;
}

/**
 * Whether a value becomes one of the words of an exception. Those are for people; a message that is a code alone is not,
 * since whoever catches it may compare it.
 */
export function isTold(source: PhpSource, node: PhpNode): boolean {
  const whole = wholeText(source, node);
  const made = whole.parent?.kind === 'argument' ? whole.parent.parent?.parent : null;
  if (whole === node || made?.kind !== 'object_creation_expression') return false;
  const isThrown = made.parent?.kind === 'throw_expression' || made.parent?.kind === 'throw_statement';
  const words = source.nodes(whole).filter(({ kind }) => /^(?:string|string_content|encapsed_string)$/.test(kind));
  return isThrown && words.some((word) => /\s/.test(source.textOf(word)));
}

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
