import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, runIcon, addBelowIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { TextDrawing } from './drawText';
import { IconButton } from './IconButton';
import type { MarkdownBlock } from './splitMarkdown';

interface IAnswerProps {
  /** Id of the answer. */
  readonly id: string;
  readonly blocks: readonly MarkdownBlock[];
  /** The last block is still being written: it is drawn now and then until it is whole. */
  readonly isGrowing?: boolean;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** A stretch of an answer, block by block; code with what can be done with it. */
export function Answer(props: IAnswerProps): React.JSX.Element {
  const { id, blocks, isGrowing = false, actions, trans } = props;
  return (
    <div className="llmos-Answer">
      {blocks.map((block, index) => {
        const isOpen = isGrowing && index === blocks.length - 1;
        return block.kind === 'code' ? (
          <CodeBlock
            key={index}
            {...{ id, block, actions, trans }}
            isOpen={isOpen && !block.isWhole}
          />
        ) : (
          <TextBlock
            key={index}
            text={block.text}
            isGrowing={isOpen}
            render={actions.renderMarkdown}
          />
        );
      })}
    </div>
  );
}

/** A piece of Markdown; its plain text stands until it is drawn for the first time. */
const TextBlock = React.memo(function TextBlock(props: {
  readonly text: string;
  readonly isGrowing: boolean;
  readonly render: IPanelActions['renderMarkdown'];
}): React.JSX.Element {
  const { text, isGrowing, render } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const drawing = React.useRef<TextDrawing | null>(null);
  const [isDrawn, setDrawn] = React.useState(false);
  React.useLayoutEffect(() => {
    drawing.current = host.current
      ? new TextDrawing(host.current, render, () => setDrawn(true))
      : null;
    return () => drawing.current?.dispose();
  }, [render]);
  React.useLayoutEffect(
    () => drawing.current?.show(text, { isGrowing }),
    [text, isGrowing, render]
  );
  return (
    <>
      {!isDrawn && <p className="llmos-Answer-growing">{text}</p>}
      <div className="llmos-Answer-text" ref={host} hidden={!isDrawn} />
    </>
  );
});

const CodeBlock = React.memo(
  function CodeBlock(props: {
    readonly id: string;
    readonly block: Extract<MarkdownBlock, { kind: 'code' }>;
    /** Its end has not come yet: what can be done with it comes with its end. */
    readonly isOpen: boolean;
    readonly actions: IPanelActions;
    readonly trans: TranslationBundle;
  }): React.JSX.Element {
    const { id, block, isOpen, actions, trans } = props;
    const { code, language } = block;
    return (
      <figure className="llmos-Answer-code">
        <figcaption>
          <span>{language}</span>
          {!isOpen && <CodeButtons {...{ id, code, language, actions, trans }} />}
        </figcaption>
        <pre tabIndex={0}>
          <code>{code}</code>
        </pre>
      </figure>
    );
  },
  (a, b) => a.id === b.id && a.block.code === b.block.code && a.isOpen === b.isOpen
);

function CodeButtons(props: {
  readonly id: string;
  readonly code: string;
  readonly language: string;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { id, code, language, actions, trans } = props;
  const isPython = language === '' || language.startsWith('py');
  return (
    <>
      {isPython && (
        <>
          <IconButton
            icon={addBelowIcon}
            label={trans.__('Insert code')}
            title={trans.__('Insert below the active cell')}
            click={() => actions.insertCode(code, id)}
          />
          <IconButton
            icon={runIcon}
            label={trans.__('Insert and run code')}
            title={trans.__('Insert below the active cell and run, with what it needs')}
            click={() => actions.runCode(code, id)}
          />
        </>
      )}
      <IconButton
        icon={copyIcon}
        label={trans.__('Copy code')}
        title={trans.__('Copy')}
        click={() => actions.copy(code)}
      />
    </>
  );
}
