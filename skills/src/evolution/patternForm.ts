/** What a pattern with one more node looks like; made once, since it never changes. */
import type { ICandidate } from './candidates';
import { canonicalForm, type ICanonicalForm } from './canonical';
import type { Attachment, IChance } from './chance';
import { withoutNode, type IGrownPattern } from './pattern';
import type { ITraceGraphs } from './traceGraph';

/** A pattern in the order in which it grew, the new node last. */
export interface IDrawn {
  readonly labels: IGrownPattern['labels'];
  readonly edges: IGrownPattern['edges'];
}

/** A pattern in canonical order. */
export interface IPatternForm extends IDrawn, ICanonicalForm {}

/** A connected pattern of one node less, and how that node is attached to it. */
export interface IPart {
  readonly code: string;
  readonly attached: Attachment;
}

/** Looks of the patterns of one history. */
export interface IForms {
  /** How the new node is attached. */
  attached(parent: IDrawn, candidate: ICandidate): Attachment;
  of(parent: IDrawn, candidate: ICandidate): IPatternForm;
  parts(parent: IDrawn, candidate: ICandidate): readonly IPart[];
}

/** Keeps what it makes with the candidate. */
export function createForms({ skills, ports }: ITraceGraphs, chance: IChance): IForms {
  const describe = ({ labels, edges }: IDrawn): ICanonicalForm =>
    canonicalForm({
      labels: labels.map(label => skills.names[label] as string),
      edges: edges.map(([from, port, to]) => [
        from,
        ports.names[port / 2] as string,
        to,
        ''
      ])
    });
  const draw = (parent: IDrawn, candidate: ICandidate): IDrawn =>
    (candidate.drawn ??= drawn(parent, candidate));
  const attach = ({ labels, edges }: IDrawn, node: number): Attachment =>
    chance.attachment(labels, edges, node);
  return {
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
  describe: (pattern: IDrawn) => ICanonicalForm
): IPatternForm {
  const { code, order } = describe({ labels, edges });
  const place = new Map(order.map((node, index) => [node, index]));
  return {
    ...{ code, order },
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
  describe: (pattern: IDrawn) => ICanonicalForm,
  attach: (pattern: IDrawn, node: number) => Attachment
): readonly IPart[] {
  return drawn.labels.flatMap((_, node) => {
    const part = withoutNode(drawn.labels, drawn.edges, node);
    return part ? [{ code: describe(part).code, attached: attach(drawn, node) }] : [];
  });
}
