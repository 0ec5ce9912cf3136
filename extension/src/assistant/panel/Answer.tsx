import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, runIcon, addBelowIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IPanelActions } from './actions';
import { IconButton } from './IconButton';
import { splitMarkdown, type MarkdownBlock } from './splitMarkdown';

interface IAnswerProps {
  readonly text: string;
  /** The last piece is still being written: it is drawn once it is whole. */
  readonly isGrowing?: boolean;
  readonly actions: IPanelActions;
  readonly trans: TranslationBundle;
}

/** An answer's Markdown, piece by piece; code with what can be done with it. */
export function Answer(props: IAnswerProps): React.JSX.Element {
  const { text, isGrowing = false, actions, trans } = props;
  const blocks = React.useMemo(() => splitMarkdown(text), [text]);
  return (
    <div className="llmos-Answer">
      {blocks.map((block, index) =>
        block.kind === 'code' ? (
          <CodeBlock key={index} {...{ block, actions, trans }} />
        ) : (
          <TextBlock
            key={index}
            text={block.text}
            isPlain={isGrowing && index === blocks.length - 1}
            render={actions.renderMarkdown}
          />
        )
      )}
    </div>
  );
}

const TextBlock = React.memo(function TextBlock(props: {
  readonly text: string;
  readonly isPlain: boolean;
  readonly render: IPanelActions['renderMarkdown'];
}): React.JSX.Element {
  const { text, isPlain, render } = props;
  const host = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(
    () => (host.current && !isPlain ? render(host.current, text) : undefined),
    [text, isPlain, render]
  );
  return isPlain ? (
    <p className="llmos-Answer-growing">{text}</p>
  ) : (
    <div className="llmos-Answer-text" ref={host} />
  );
});

const CodeBlock = React.memo(
  function CodeBlock(props: {
    readonly block: Extract<MarkdownBlock, { kind: 'code' }>;
    readonly actions: IPanelActions;
    readonly trans: TranslationBundle;
  }): React.JSX.Element {
    const { block, actions, trans } = props;
    const { code, language, isWhole } = block;
    const isPython = language === '' || language.startsWith('py');
    return (
      <figure className="llmos-Answer-code">
        <figcaption>
          <span>{language}</span>
          {isPython && (
            <>
              <IconButton
                icon={addBelowIcon}
                label={trans.__('Insert code')}
                title={trans.__('Insert below the active cell')}
                isDisabled={!isWhole}
                click={() => actions.insertCode(code)}
              />
              <IconButton
                icon={runIcon}
                label={trans.__('Insert and run code')}
                title={trans.__('Insert below the active cell and run')}
                isDisabled={!isWhole}
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
        </figcaption>
        <pre tabIndex={0}>
          <code>{code}</code>
        </pre>
      </figure>
    );
  },
  (a, b) => a.block.code === b.block.code && a.block.isWhole === b.block.isWhole
);
