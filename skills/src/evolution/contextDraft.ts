/** A guide that a model drafted, as a skill file that waits for review. */
import { isRecord } from '../json';
import { maskText } from '../session/mask';
import { dataOf, partsOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import { parseSkill, toSkillId } from '../skill/parse';
import type { IContextSkill } from '../skill/skill';
import { plainText } from './compoundText';
import type { IDetected, IDetectorCommit } from './detector';

/** Where a drafted skill came from. */
export interface IDraftOrigin {
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly model: string;
  readonly confidence: number;
  /** Hashes of the commits that show the pattern. */
  readonly commits: readonly string[];
}

/** A drafted guide. */
export interface IContextDraft {
  readonly id: string;
  readonly text: string;
  readonly skill: IContextSkill;
  readonly origin: IDraftOrigin;
}

/** What a draft is made with beside the model's words. */
export interface IDraftContext {
  readonly commits: readonly IDetectorCommit[];
  readonly model: string;
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly taken: (id: string) => boolean;
}

/** Prefix of the signature under which a refused guide is remembered, by its commits. */
const SIGNATURE = 'context:';

/** The signature of a guide. */
export function draftSignature({ commits }: Pick<IDraftOrigin, 'commits'>): string {
  return SIGNATURE + commits.join(',');
}

/** The commits of a refused guide; `null` for the signature of a workflow. */
export function refusedDraft(signature: string): readonly string[] | null {
  return signature.startsWith(SIGNATURE)
    ? signature.slice(SIGNATURE.length).split(',')
    : null;
}

/** Writes the guide; `null` for a pattern without a draft. */
export function toContextSkill(
  { description, indices, confidence, draft }: IDetected,
  { commits, model, date, taken }: IDraftContext
): IContextDraft | null {
  if (!draft) {
    return null;
  }
  const stem = toSkillId(plainText(draft.title)).slice(0, 58) || 'guide';
  let id = stem;
  for (let number = 2; taken(id); number += 1) {
    id = `${stem}-${number}`;
  }
  const skill: IContextSkill = {
    ...{ kind: 'context', id, name: plainText(draft.title) },
    description: plainText(description).slice(0, 300),
    ...{ category: 'general', keywords: ['learned'], aliases: [], body: bodyOf(draft) }
  };
  const origin: IDraftOrigin = {
    ...{ date, model, confidence },
    commits: indices.flatMap(index => commits[index]?.oid ?? [])
  };
  const text = formatSkill(formatSkill(skill), {
    keys: {
      learned: { v: 1, by: 'model', date, model, confidence },
      learned_commits: origin.commits
    }
  });
  return readContextDraft(id, text);
}

function bodyOf(draft: NonNullable<IDetected['draft']>): string {
  const clean = (text: string): string => plainText(maskText(text));
  const bullets = (items: readonly string[]): string[] =>
    items.map(item => `- ${clean(item)}`);
  const example = maskText(draft.example)
    .replace(/^ {0,3}[`~]{3,}.*$/gm, '')
    .trim();
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`## ${title}`, ...lines, ''] : [];
  return [
    ...['## Purpose', clean(draft.purpose), ''],
    ...section('Inputs', bullets(draft.inputs)),
    ...section(
      'Steps',
      draft.steps.map((step, index) => `${index + 1}. ${clean(step)}`)
    ),
    ...section('Example', example === '' ? [] : ['~~~text', example, '~~~']),
    ...section('Variations', bullets(draft.variations))
  ].join('\n');
}

/** Reads a drafted guide back; `null` for what is none. */
export function readContextDraft(id: string, text: string): IContextDraft | null {
  const { skill } = parseSkill(text, `${id}.md`);
  if (skill?.kind !== 'context') {
    return null;
  }
  const { frontStart, frontEnd } = partsOf(text);
  const data = dataOf(text.slice(frontStart, frontEnd));
  const learned = data['learned'];
  const commits: readonly unknown[] = Array.isArray(data['learned_commits'])
    ? data['learned_commits']
    : [];
  if (!isRecord(learned) || learned['by'] !== 'model') {
    return null;
  }
  const { date, model, confidence } = learned;
  return {
    ...{ id, text, skill },
    origin: {
      date: typeof date === 'string' ? date : '',
      model: typeof model === 'string' ? model : '',
      confidence: Number(confidence),
      commits: commits.filter((oid): oid is string => typeof oid === 'string')
    }
  };
}
