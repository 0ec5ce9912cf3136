import type { TranslationBundle } from '@jupyterlab/translation';
import type { IToolPart, StepStatus } from '@llmos-lab/skills';
import * as React from 'react';

/** How a tool is called among people. */
export function toolTitle(tool: string, trans: TranslationBundle): string {
  const titles: Readonly<Record<string, string>> = {
    search_skills: trans.__('Search skills'),
    read_skill: trans.__('Read a skill'),
    read_notebook: trans.__('Read the notebook'),
    read_graph: trans.__('Read the graph'),
    insert_cells: trans.__('Insert cells'),
    edit_cell: trans.__('Edit a cell'),
    connect: trans.__('Connect cells'),
    run: trans.__('Run cells'),
    read_output: trans.__('Read an output'),
    create_skill: trans.__('Write a skill'),
    build_workflow: trans.__('Build a workflow'),
    commit_session: trans.__('Commit the session')
  };
  return titles[tool] ?? tool;
}

/** A tool call that has ended, folded: what was asked of it and what it said. */
export function ToolStep(props: {
  readonly part: IToolPart;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { part, trans } = props;
  const { tool, input, status, result } = part;
  const words: Readonly<Record<StepStatus, readonly [string, string]>> = {
    done: ['✓', trans.__('done')],
    refused: ['⊘', trans.__('refused')],
    failed: ['✕', trans.__('failed')],
    stopped: ['◻', trans.__('stopped')]
  };
  const [mark, word] = words[status];
  return (
    <details className="llmos-ToolStep" data-status={status}>
      <summary>
        <span aria-hidden="true">{mark}</span> {toolTitle(tool, trans)}
        <span className="llmos-ToolStep-status">{word}</span>
      </summary>
      <pre>{JSON.stringify(input, null, 2)}</pre>
      <pre>{result}</pre>
    </details>
  );
}

/** What the model thought, folded: of use to who wonders, in the way of who reads. */
export function Thoughts(props: {
  readonly text: string;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <details className="llmos-ToolStep llmos-mod-thoughts">
      <summary>{props.trans.__('Thoughts')}</summary>
      <p>{props.text}</p>
    </details>
  );
}
