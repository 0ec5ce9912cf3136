import type { TranslationBundle } from '@jupyterlab/translation';
import type { IChatArtifact } from '@llmos-lab/skills';
import * as React from 'react';

import type { IPanelActions } from './actions';

interface IArtifactListProps {
  readonly artifacts: readonly IChatArtifact[];
  readonly actions: Pick<IPanelActions, 'previewArtifact' | 'openArtifact'>;
  readonly trans: TranslationBundle;
}

/** What an answer or a conversation made, each with its type, name and a folded preview. */
export function ArtifactList(props: IArtifactListProps): React.JSX.Element | null {
  const { artifacts, actions, trans } = props;
  return artifacts.length === 0 ? null : (
    <ul className="llmos-Artifacts" aria-label={trans.__('Artifacts')}>
      {artifacts.map(artifact => (
        <li key={keyOf(artifact)}>
          <Artifact {...{ artifact, actions, trans }} />
        </li>
      ))}
    </ul>
  );
}

/** The artifacts of a whole conversation, folded; the newest of each stays. */
export function ConversationArtifacts(
  props: IArtifactListProps
): React.JSX.Element | null {
  const { artifacts, trans } = props;
  const once = [...new Map(artifacts.map(each => [keyOf(each), each])).values()];
  return once.length === 0 ? null : (
    <details className="llmos-ConversationArtifacts">
      <summary>{trans._n('%1 artifact', '%1 artifacts', once.length)}</summary>
      <small>{trans.__('They go into the next commit of the session.')}</small>
      <ArtifactList {...props} artifacts={once} />
    </details>
  );
}

function keyOf({ type, name, cell = '' }: IChatArtifact): string {
  return `${type} ${name} ${cell}`;
}

function Artifact(props: {
  readonly artifact: IChatArtifact;
  readonly actions: IArtifactListProps['actions'];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { artifact, actions, trans } = props;
  const { type, name } = artifact;
  const [isOpen, setOpen] = React.useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="llmos-Artifacts-type">{typeName(type, trans)}</span>{' '}
        <span className="llmos-Artifacts-name">{name}</span>
      </summary>
      {isOpen && <Preview artifact={artifact} preview={actions.previewArtifact} />}
      <button
        type="button"
        className="llmos-Artifacts-show"
        onClick={() => actions.openArtifact(artifact)}
      >
        {artifact.cell === undefined ? trans.__('Open') : trans.__('Show in notebook')}
      </button>
    </details>
  );
}

function Preview(props: {
  readonly artifact: IChatArtifact;
  readonly preview: IPanelActions['previewArtifact'];
}): React.JSX.Element {
  const { artifact, preview } = props;
  const host = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(
    () => (host.current ? preview(host.current, artifact) : undefined),
    [artifact, preview]
  );
  return <div className="llmos-Artifacts-preview" ref={host} />;
}

/** An artifact's type as people read it; one that is not known as it is written. */
function typeName(type: string, trans: TranslationBundle): string {
  const names: Readonly<Record<string, string>> = {
    code: trans.__('Code'),
    text: trans.__('Text'),
    plot: trans.__('Plot'),
    image: trans.__('Image'),
    circuit: trans.__('Circuit'),
    'quantum-circuit': trans.__('Quantum circuit'),
    scene: trans.__('Scene'),
    skill: trans.__('Skill'),
    table: trans.__('Table'),
    data: trans.__('Data'),
    file: trans.__('File')
  };
  return names[type] ?? type;
}
