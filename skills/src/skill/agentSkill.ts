import { endLine } from '../endLine';
import { isRecord } from '../json';
import { partsOf } from './editCode';
import { formatSkill } from './format';
import { readFrontMatter } from './frontMatter';
import { idFromPath, isSkillId, toSkillId } from './parse';
import { createReport } from './problems';
import type { JsonValue } from './skill';
import { isBlockYaml, strictBlock, strictText } from './strictYaml';
import { sameJson } from './values';

/**
 * Skill files to and from the strict form of Agent Skills (`<name>/SKILL.md`, see
 * agentskills.io/specification and its validator skills-ref): only six keys, values that
 * are text, no flow style, no `---` within. What has no place there stands, word for
 * word, as text under `metadata.llmos`, so that nothing is lost on the way back.
 */

/** The keys that the specification allows. */
const ALLOWED_KEYS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'license',
  'allowed-tools',
  'metadata',
  'compatibility'
]);

const MAX_DESCRIPTION = 1024;
const MAX_COMPATIBILITY = 500;

/** Keys of `metadata` that are ours: the front matter as it was, and an id with `--`. */
const OURS = 'llmos';
const OUR_ID = 'llmos-id';

type Data = Readonly<Record<string, JsonValue>>;

/** A skill as a folder of its own. */
export interface IAgentSkill {
  /** Name of the folder, and of the skill within it. */
  readonly name: string;
  /** Text of its `SKILL.md`. */
  readonly text: string;
}

/** A skill file as a volume keeps it, in `skills/<id>.md`. */
export interface IVolumeSkill {
  readonly id: string;
  readonly text: string;
}

/**
 * The strict `SKILL.md` of a skill file. A file that is strict already keeps every byte.
 *
 * @throws Error when the text has no readable front matter; `parseSkill` says why.
 */
export function toAgentSkill(text: string, file: string): IAgentSkill {
  const source = text.replace(/^\uFEFF/, '');
  const parts = partsOf(source);
  const yaml = source.slice(parts.frontStart, parts.frontEnd);
  const data = readData(yaml);
  const written = data.skill_id;
  const id = typeof written === 'string' ? written.trim() : idFromPath(file);
  const name = strictName(id);
  if (isStrict(yaml, data, name)) {
    return { name, text: source };
  }
  const kept = withEnds(yaml.replace(/\r\n/g, '\n'), parts.eol) === yaml;
  const front = writeKeys(exportKeys(data, name), {
    ...(name === id ? {} : { [OUR_ID]: id }),
    [OURS]: kept ? yaml.replace(/\r\n/g, '\n') : yaml
  });
  const head = withEnds(`---\n${front}---\n`, parts.eol);
  return { name, text: head + source.slice(parts.bodyStart) };
}

/**
 * The skill file of a `SKILL.md` that stands in a folder. What was edited since it was
 * exported (name, description, licence, tools, other metadata, the text) is taken over.
 *
 * @throws Error when the text has no readable front matter; `parseSkill` says why.
 */
export function fromAgentSkill(text: string, folder: string): IVolumeSkill {
  const parts = partsOf(text);
  const data = readData(text.slice(parts.frontStart, parts.frontEnd));
  const metadata = recordOf(data.metadata);
  const kept = metadata[OURS];
  const inner = typeof kept === 'string' ? tryReadData(kept) : null;
  if (typeof kept !== 'string' || !inner) {
    const id = [folder, data.name].find(
      (each): each is string => typeof each === 'string' && isSkillId(each)
    );
    return { id: id ?? toSkillId(folder), text };
  }
  const written = inner.skill_id ?? metadata[OUR_ID];
  const name = typeof data.name === 'string' ? data.name.trim() : folder;
  const isSame = typeof written === 'string' && strictName(written) === name;
  const id = isSame ? written : isSkillId(name) ? name : toSkillId(name);
  const yaml = endLine(kept);
  // Line ends that are mixed stand in the kept text as they were.
  const front = yaml.includes('\r') ? yaml : withEnds(yaml, parts.eol);
  const restored = `---${parts.eol}${front}---${parts.eol}${text.slice(parts.bodyStart)}`;
  const renamed = inner.skill_id !== undefined && !isSame ? { skill_id: id } : {};
  const keys = { ...editsSince(data, inner, name), ...renamed };
  return { id, text: formatSkill(restored, { keys }) };
}

function withEnds(text: string, eol: string): string {
  return eol === '\n' ? text : text.replace(/\n/g, eol);
}

/** What a strict form says otherwise than the front matter that it was made from. */
function editsSince(
  data: Data,
  inner: Data,
  name: string
): Record<string, JsonValue | undefined> {
  const expected = exportKeys(inner, name);
  const edits: Record<string, JsonValue | undefined> = {};
  for (const key of ['description', 'license', 'compatibility', 'allowed-tools']) {
    if (!sameJson(textOf(data[key]), expected.keys[key])) {
      edits[key] = data[key];
    }
  }
  const now = Object.fromEntries(
    Object.entries(recordOf(data.metadata))
      .filter(([key]) => key !== OURS && key !== OUR_ID)
      .map(([key, value]) => [key, textOf(value) ?? null])
  );
  const before = expected.metadata;
  if (!sameJson(now, before)) {
    const others = Object.entries(recordOf(inner.metadata)).filter(
      ([key]) => !Object.hasOwn(before, key)
    );
    edits.metadata = { ...Object.fromEntries(others), ...now };
  }
  return edits;
}

/** Lists and numbers as the strict form writes them, so that only real edits count. */
function textOf(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.join(' ');
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : value;
}

type Words = Readonly<Record<string, string>>;

interface IStrictKeys {
  /** All but `metadata`, in their order. */
  readonly keys: Words;
  readonly metadata: Words;
}

/** The allowed keys of a skill, each with a value that the specification allows. */
function exportKeys(data: Data, name: string): IStrictKeys {
  const described = textOf(data.description);
  const description = typeof described === 'string' ? described.trim() : '';
  const metadata = Object.entries(recordOf(data.metadata)).flatMap(([key, value]) => {
    const text = textOf(value);
    return typeof text === 'string' && key !== OURS && key !== OUR_ID
      ? [[key, text] as const]
      : [];
  });
  const optional = (key: string, limit = Infinity): Record<string, string> => {
    const text = textOf(data[key]);
    return typeof text === 'string' && text.trim() !== ''
      ? { [key]: shorten(text, limit) }
      : {};
  };
  const keys = {
    name,
    description: shorten(description === '' ? name : description, MAX_DESCRIPTION),
    ...optional('license'),
    ...optional('compatibility', MAX_COMPATIBILITY),
    ...optional('allowed-tools')
  };
  return { keys, metadata: Object.fromEntries(metadata) };
}

/** Limits count characters (code points), as Python does. */
function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join('')}…`
    : text;
}

function writeKeys({ keys, metadata }: IStrictKeys, ours: Words): string {
  const lines = Object.entries(keys).map(
    ([key, value]) => `${key}: ${strictText(value)}\n`
  );
  const entries = { ...metadata, ...ours };
  const inner = Object.entries(entries).map(
    ([key, value]) => `  ${strictText(key)}:${strictBlock(value)}\n`
  );
  return `${lines.join('')}metadata:\n${inner.join('')}`;
}

/** An id without what strict names may not have. */
function strictName(id: string): string {
  return toSkillId(id.replace(/-{2,}/g, '-'));
}

/** Whether the reference validator takes this front matter as it is. */
function isStrict(yaml: string, data: Data, name: string): boolean {
  const { description, compatibility, metadata, license } = data;
  const tools = data['allowed-tools'];
  return (
    Object.keys(data).every(key => ALLOWED_KEYS.has(key)) &&
    data.name === name &&
    typeof description === 'string' &&
    description.trim() !== '' &&
    [...description].length <= MAX_DESCRIPTION &&
    (compatibility === undefined ||
      (typeof compatibility === 'string' &&
        compatibility !== '' &&
        [...compatibility].length <= MAX_COMPATIBILITY)) &&
    (license === undefined || typeof license === 'string') &&
    (tools === undefined || isText(tools)) &&
    (metadata === undefined ||
      (isRecord(metadata) && Object.values(metadata).every(isWord))) &&
    !Object.hasOwn(recordOf(metadata), OURS) &&
    !yaml.includes('---') &&
    isBlockYaml(yaml)
  );
}

function isWord(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isText(value: JsonValue): boolean {
  return (
    typeof value === 'string' ||
    (Array.isArray(value) &&
      value.length > 0 &&
      value.every(item => typeof item === 'string'))
  );
}

function recordOf(value: JsonValue | undefined): Data {
  return isRecord(value) ? value : {};
}

function tryReadData(yaml: string): Data | null {
  const front = readFrontMatter(yaml, 1, createReport(''));
  return front && isRecord(front.value) ? front.value : null;
}

function readData(yaml: string): Data {
  const data = tryReadData(yaml);
  if (!data) {
    throw new Error('The front matter of the skill file cannot be read.');
  }
  return data;
}
