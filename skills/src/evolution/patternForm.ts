/** What a pattern with one more node looks like; made once, since it never changes. */
import type { ICandidate } from './occurring';
import { canonicalForm, type ICanonicalForm } from './canonical';
import type { Attachment, IChance } from './chance';
import { withoutNode, type IGrownPattern } from './pattern';
import { createInterner, type ITraceGraphs } from './traceGraph';

/** A pattern in the order in which it grew, the new node last. */
export interface IDrawn {
  readonly labels: IGrownPattern['labels'];
  readonly edges: IGrownPattern['edges'];
}

/** A canonical form, with the number of its code: see {@link IForms.number}. */
interface INumberedForm extends ICanonicalForm {
  readonly id: number;
}

/** A pattern in canonical order. */
export interface IPatternForm extends IDrawn, INumberedForm {}

/** A connected pattern of one node less, and how that node is attached to it. */
export interface IPart {
  readonly code: string;
  readonly id: number;
  readonly attached: Attachment;
}

/** Looks of the patterns of one history. */
export interface IForms {
  /** A small number for a code, the same whenever it is asked. */
  number(code: string): number;
  /** How the new node is attached. */
  attached(parent: IDrawn, candidate: ICandidate): Attachment;
  of(parent: IDrawn, candidate: ICandidate): IPatternForm;
  parts(parent: IDrawn, candidate: ICandidate): readonly IPart[];
}

/** Keeps what it makes with the candidate. */
export function createForms({ skills, ports }: ITraceGraphs, chance: IChance): IForms {
  const codes = createInterner();
  const describe = ({ labels, edges }: IDrawn): INumberedForm => {
    const form = canonicalForm({
      labels: labels.map(label => skills.names[label] as string),
      edges: edges.map(([from, port, to]) => [
        from,
        ports.names[port / 2] as string,
        to,
        ''
      ])
    });
    return { ...form, id: codes.number(form.code) };
  };
  const draw = (parent: IDrawn, candidate: ICandidate): IDrawn =>
    (candidate.drawn ??= drawn(parent, candidate));
  const attach = ({ labels, edges }: IDrawn, node: number): Attachment =>
    chance.attachment(labels, edges, node);
  return {
    number: code => codes.number(code),
    attached: (parent, candidate) =>
      (candidate.attached ??= attach(draw(parent, candidate), parent.labels.length)),
    of: (parent, candidate) =>
      (candidate.form ??= formOf(draw(parent, candidate), describe)),
    parts: (parent, candidate) =>
      (candidate.parts ??= partsOf(draw(parent, candidate), describe, attach))
  };
}

function drawn({ labels, edges }: IDrawn, { label, links }: ICandidate): IDrawn {
  const added = labels.length;
  const more = links.map(([place, port]): IDrawn['edges'][number] =>
    port % 2 === 0 ? [place, port, added] : [added, port - 1, place]
  );
  return { labels: [...labels, label], edges: [...edges, ...more] };
}

function formOf(
  { labels, edges }: IDrawn,
  describe: (pattern: IDrawn) => INumberedForm
): IPatternForm {
  const { code, id, order } = describe({ labels, edges });
  const place = new Map(order.map((node, index) => [node, index]));
  return {
    ...{ code, id, order },
    labels: order.map(node => labels[node] as number),
    edges: edges.map(([from, port, to]) => [
      place.get(from) as number,
      port,
      place.get(to) as number
    ])
  };
}

function partsOf(
  drawn: IDrawn,
  describe: (pattern: IDrawn) => INumberedForm,
  attach: (pattern: IDrawn, node: number) => Attachment
): readonly IPart[] {
  return drawn.labels.flatMap((_, node) => {
    const part = withoutNode(drawn.labels, drawn.edges, node);
    if (!part) {
      return [];
    }
    const { code, id } = describe(part);
    return [{ code, id, attached: attach(drawn, node) }];
  });
}
