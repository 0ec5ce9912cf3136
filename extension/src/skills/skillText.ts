import type { TranslationBundle } from '@jupyterlab/translation';
import type { IPort, ISkill, JsonValue } from '@llmos-lab/skills';

/** A port as people read it: `iterations: integer`, and what the tooltip adds. */
export interface IPortText {
  readonly name: string;
  readonly type: string;
  readonly unit: string | undefined;
  /** Default as JSON, for inputs that have one. */
  readonly fallback: string | undefined;
  readonly isRequired: boolean;
  readonly description: string | undefined;
  /** Allowed range or values, such as `1 … 10000`. */
  readonly limits: string | undefined;
}

/** Longest default or list of values that a card shows, in characters. */
const MAX_VALUE = 40;

/** What a card says of an input or output. */
export function portText(port: IPort): IPortText {
  return {
    name: port.name,
    type: port.type,
    unit: port.unit,
    fallback: port.default === undefined ? undefined : valueText(port.default),
    isRequired: port.required === true,
    description: port.description,
    limits: limitsText(port)
  };
}

/**
 * The skill's Markdown without its code block: that is read in the file, and a card
 * should say what the skill is for.
 */
export function bodyText(skill: ISkill): string {
  if (skill.kind === 'context') {
    return skill.body.trim();
  }
  const code = skill.code.trim();
  const fence = /^(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^\1[`~]*[ \t]*$/gm;
  return skill.body
    .replace(fence, (block: string, _mark: string, inside: string) =>
      inside.trim() === code ? '' : block
    )
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What people call a volume. */
export function volumeName(volume: string, trans: TranslationBundle): string {
  switch (volume) {
    case 'user':
      return trans.__('My volume');
    case 'system':
      return trans.__('System library');
    default:
      return volume;
  }
}

function valueText(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}

function limitsText(port: IPort): string | undefined {
  if (port.enum) {
    return port.enum.map(valueText).join(', ');
  }
  const { minimum, maximum } = port;
  if (minimum !== undefined && maximum !== undefined) {
    return `${minimum} … ${maximum}`;
  }
  if (minimum !== undefined) {
    return `≥ ${minimum}`;
  }
  return maximum === undefined ? undefined : `≤ ${maximum}`;
}
