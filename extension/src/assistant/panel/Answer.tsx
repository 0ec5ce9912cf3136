import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, runIcon, addBelowIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { drawSoon } from './drawSoon';
import { IconButton } from './IconButton';
import type { MarkdownBlock } from './splitMarkdown';

interface IAnswerProps {
  readonly blocks: readonly MarkdownBlock[];
  /** The last block is still being written: it is drawn once it is whole. */
  readonly isGrowing?: boolean;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** A stretch of an answer, block by block; code with what can be done with it. */
export function Answer(props: IAnswerProps): React.JSX.Element {
  const { blocks, isGrowing = false, actions, trans } = props;
  return (
    <div className="llmos-Answer">
      {blocks.map((block, index) => {
        const isOpen = isGrowing && index === blocks.length - 1;
        return block.kind === 'code' ? (
          <CodeBlock
            key={index}
            {...{ block, actions, trans }}
            isOpen={isOpen && !block.isWhole}
          />
        ) : (
          <TextBlock
            key={index}
            text={block.text}
            isPlain={isOpen}
            render={actions.renderMarkdown}
          />
        );
      })}
    </div>
  );
}

/** A piece of Markdown; its plain text stands until it is drawn, so that nothing jumps. */
const TextBlock = React.memo(function TextBlock(props: {
  readonly text: string;
  readonly isPlain: boolean;
  readonly render: IPanelActions['renderMarkdown'];
}): React.JSX.Element {
  const { text, isPlain, render } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = React.useState<string | null>(null);
  React.useLayoutEffect(() => {
    const element = host.current;
    if (!element || isPlain) {
      return undefined;
    }
    let clear = (): void => undefined;
    const leave = drawSoon(() => {
      clear = render(element, text, () => setDrawn(text));
    });
    return () => {
      leave();
      clear();
    };
  }, [text, isPlain, render]);
  const isDrawn = !isPlain && drawn === text;
  return (
    <>
      {!isDrawn && <p className="llmos-Answer-growing">{text}</p>}
      <div className="llmos-Answer-text" ref={host} hidden={!isDrawn} />
    </>
  );
});

const CodeBlock = React.memo(
  function CodeBlock(props: {
    readonly block: Extract<MarkdownBlock, { kind: 'code' }>;
    /** Its end has not come yet: what can be done with it comes with its end. */
    readonly isOpen: boolean;
    readonly actions: IPanelActions;
    readonly trans: TranslationBundle;
  }): React.JSX.Element {
    const { block, isOpen, actions, trans } = props;
    const { code, language } = block;
    return (
      <figure className="llmos-Answer-code">
        <figcaption>
          <span>{language}</span>
          {!isOpen && <CodeButtons {...{ code, language, actions, trans }} />}
        </figcaption>
        <pre tabIndex={0}>
          <code>{code}</code>
        </pre>
      </figure>
    );
  },
  (a, b) => a.block.code === b.block.code && a.isOpen === b.isOpen
);

function CodeButtons(props: {
  readonly code: string;
  readonly language: string;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { code, language, actions, trans } = props;
  const isPython = language === '' || language.startsWith('py');
  return (
    <>
      {isPython && (
        <>
          <IconButton
            icon={addBelowIcon}
            label={trans.__('Insert code')}
            title={trans.__('Insert below the active cell')}
            click={() => actions.insertCode(code)}
          />
          <IconButton
            icon={runIcon}
            label={trans.__('Insert and run code')}
            title={trans.__('Insert below the active cell and run')}
            click={() => actions.runCode(code)}
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
