import {
  bundles,
  commonProperties,
  deploymentFiles,
  imageFiles,
  ownNames,
  packageCommand,
  packageProperties,
  toolFiles,
} from '../../src/catalog/tool-files';
import type { FindingDraft, SourceUnit } from '../codemod';
import { keysAround } from './keys-around';
import { toolMembers } from './manifest-tools';
import { type PropertiesAround, propertiesIn } from './properties-around';

type Confidence = FindingDraft['confidence'];
type Judge = (start: number, end: number) => Confidence | undefined;

const SCRIPT = /\.[cm]?[jt]sx?$/;
const YAML = /\.ya?ml$/;
const MANIFEST = /(?:^|\/)package\.json$/;
/** `entry: { 'amazon-payments': './src/pay.js' }` names an outcome. */
const ENTRIES = /^(?:entry|entries|entryPoints|input)$/;
/** Nobody writes longer commands. */
const LONGEST = 1000;
/** How far before a name its key may begin. */
const REACH = 80;

const before = (text: string, start: number, reach: number): string => text.slice(Math.max(0, start - reach), start);

const isInstalled = (text: string, start: number): boolean => /node_modules\\*\/$/.test(before(text, start, REACH));

/** What a command does at a place: it ends with its line, or with its string in JSON. */
function isInCommand({ path, text }: SourceUnit, start: number): boolean {
  const ends = MANIFEST.test(path) ? /\n|(?<!\\)"/ : '\n';
  return packageCommand.test(before(text, start, LONGEST).split(ends).at(-1) ?? '');
}

function isOwnName(text: string, around: PropertiesAround, start: number, end: number): boolean {
  if (ownNames.test(before(text, start, REACH))) return true;
  const isKey = /^['"]?\s*:/.test(text.slice(end, end + REACH));
  return isKey && ENTRIES.test(around(start)[0] ?? '');
}

/** By the properties around a place: some say it by themselves, some only where a tool is at hand. */
function judgeProperties(
  { path, text }: SourceUnit,
  propertiesAround: PropertiesAround,
  common: Confidence | undefined,
): Judge {
  return (start) => {
    const around = [...propertiesAround(start), ...(YAML.test(path) ? keysAround(text, start) : [])];
    if (around.some((property) => packageProperties.test(property))) return 'high';
    return around.some((property) => commonProperties.test(property)) ? common : undefined;
  };
}

function judgeManifest(unit: SourceUnit): Judge {
  const memberAt = toolMembers(unit.text);
  return (start) => {
    const member = memberAt(start);
    if (member === undefined) return undefined;
    return member !== 'scripts' || isInCommand(unit, start) ? 'high' : undefined;
  };
}

function judgeByFile(unit: SourceUnit, around: PropertiesAround): Judge | undefined {
  const { path, text } = unit;
  if (MANIFEST.test(path)) return judgeManifest(unit);
  if (imageFiles.test(path)) return (start) => (isInCommand(unit, start) ? 'high' : undefined);
  if (toolFiles.test(path)) return () => 'high';
  if (deploymentFiles.test(path)) {
    const judge = judgeProperties(unit, around, 'medium');
    return (start, end) => (isInstalled(text, start) ? 'high' : judge(start, end));
  }
  return SCRIPT.test(path) ? judgeProperties(unit, around, bundles.test(text) ? 'low' : undefined) : undefined;
}

/**
 * Whether a package that is named at a place of a file is named to a tool, and how sure that is; undefined for a file in which
 * no place is. Services, folders, domains and images of a shop bear the name of what they are about.
 */
export function judgeNaming(unit: SourceUnit): Judge | undefined {
  const around = propertiesIn(unit.text);
  const judge = judgeByFile(unit, around);
  if (judge === undefined) return undefined;
  return (start, end) => (isOwnName(unit.text, around, start, end) ? undefined : judge(start, end));
}
