import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ISkillLibrary } from '../../tokens';
import type { ICellState, INotebookRun, IPlannedCell } from '../run/tokens';
import { sweepText } from '../sweep/sweepText';
import type { ISweeps } from '../sweep/tokens';
import type { INotebookGraph } from '../tokens';
import type { IGraphActions } from './actions';
import { latestOf, type ILatest } from './latest';

/** What nodes, edges and rows need besides their own data. */
export interface IGraphContext {
  readonly graph: INotebookGraph | null;
  readonly run: INotebookRun | null;
  readonly notebook: NotebookPanel | null;
  /** Null where nothing is swept. */
  readonly sweeps: ISweeps | null;
  readonly library: ISkillLibrary;
  readonly actions: IGraphActions;
  readonly trans: TranslationBundle;
  readonly toggleFold: (section: string) => void;
  /** Ids of the nodes that the search finds; null while nothing is searched. */
  readonly found: ReadonlySet<string> | null;
}

/** Whether nodes have all their ports at once, or only near the pointer. */
export interface IPortMode {
  /** In large graphs a port is a mere dot until the pointer comes near its node. */
  readonly isLight: boolean;
  /** While a line is drawn every port can take it. */
  readonly isConnecting: boolean;
}

/** Apart from the graph's context, as it changes with the pointer. */
export const PortMode = React.createContext<IPortMode>({
  isLight: false,
  isConnecting: false
});

/** Null outside a panel; read it through `useGraph`. */
export const GraphContext = React.createContext<IGraphContext | null>(null);

/** The context of the panel, which is around every node. */
export function useGraph(): IGraphContext {
  const context = React.useContext(GraphContext);
  if (!context) {
    throw new Error('A part of the graph stands outside its panel.');
  }
  return context;
}

/** How a cell stands, drawn anew only when that changes; null without the scheduler. */
export function useCellState(id: string): ICellState | null {
  const { run } = useGraph();
  return useOfRun(run, id, () => run?.states.get(id) ?? null);
}

/** What the run that a person looks at would do with a cell. */
export function usePlan(id: string): IPlannedCell | null {
  const { run } = useGraph();
  return useOfRun(run, id, () => run?.shownPlan?.cells.get(id) ?? null);
}

/** What is read of a run, drawn anew when one of some cells changes; they are the same list. */
export function useCellsState<T extends string>(
  cells: readonly string[],
  read: (run: INotebookRun | null) => T
): T {
  const { run } = useGraph();
  return useOfRun(run, cells, () => read(run));
}

function useOfRun<T>(
  run: INotebookRun | null,
  about: string | readonly string[],
  read: () => T
): T {
  const subscribe = React.useCallback(
    (notify: () => void) => {
      const onChange = (_: INotebookRun, ids: ReadonlySet<string>): void => {
        if ([about].flat().some(id => ids.has(id))) {
          notify();
        }
      };
      run?.changed.connect(onChange);
      return () => {
        run?.changed.disconnect(onChange);
      };
    },
    [run, about]
  );
  return React.useSyncExternalStore(subscribe, read);
}

/** How far the sweep of a cell's inputs is, in words; null while there is none. */
export function useSweep(id: string): string | null {
  const { sweeps, notebook, trans } = useGraph();
  const subscribe = React.useCallback(
    (notify: () => void) => {
      sweeps?.changed.connect(notify);
      return () => {
        sweeps?.changed.disconnect(notify);
      };
    },
    [sweeps]
  );
  return React.useSyncExternalStore(subscribe, () => {
    const sweep = notebook && sweeps?.of(notebook);
    return sweep?.cells.has(id) === true ? sweepText(sweep, trans) : null;
  });
}

/** What is shown of a cell: its latest result, or why there is none. */
export function useLatest(id: string): ILatest {
  const { graph, trans } = useGraph();
  usePreview(graph, id);
  return latestOf(graph, id, useCellState(id), trans);
}

/** Draws anew when the latest output of a cell is another one. */
function usePreview(graph: INotebookGraph | null, id: string): void {
  const subscribe = React.useCallback(
    (notify: () => void) => {
      const onChange = (_: INotebookGraph, ids: ReadonlySet<string>): void => {
        if (ids.has(id)) {
          notify();
        }
      };
      graph?.outputsChanged.connect(onChange);
      return () => {
        graph?.outputsChanged.disconnect(onChange);
      };
    },
    [graph, id]
  );
  React.useSyncExternalStore(subscribe, () => graph?.preview(id) ?? null);
}
