import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell
} from '../workflow/change/change';
import { addStep, type IBuilding } from './planBuild';
import { checkSteps } from './planCheck';
import { references, type IPlanStep } from './planSteps';

/** A workflow that was built, or all that is wrong with it; then nothing was built. */
export type WorkflowPlan =
  | {
      readonly ok: true;
      readonly cells: readonly INotebookCell[];
      /** Ids of the new cells by step. */
      readonly added: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Adds the steps at the end of a notebook, connected, with the graph's own edits, so that
 * whatever those refuse is refused here. Steps may come in any order without a circle.
 *
 * @param newId ids for new cells, each call another one
 */
export function planWorkflow(
  context: IEditContext,
  steps: readonly IPlanStep[],
  newId: () => string,
  versionOf: (skill: string) => string | undefined = () => undefined
): WorkflowPlan {
  const building: IBuilding = {
    context,
    steps: new Map(steps.map(step => [step.id, step])),
    added: new Map(),
    problems: [...checkSteps(context, steps)],
    cells: context.cells
  };
  const order = orderSteps(steps);
  if (order === null) {
    building.problems.push('The steps refer to each other in a circle.');
  }
  if (building.problems.length > 0 || order === null) {
    return { ok: false, problems: building.problems };
  }
  for (const step of order) {
    addStep(building, step, newId, versionOf);
  }
  const { problems, cells, added } = building;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, cells, added };
}

/** The same as an edit of the notebook, for a preview and one step of undo. */
export function planAsEdit(plan: WorkflowPlan): EditResult {
  return plan.ok
    ? accept(plan.cells, [...plan.added.values()])
    : refuse('not-possible', plan.problems.join('\n'));
}

/** Each step after those that it takes from, else as given; null for a circle. */
function orderSteps(steps: readonly IPlanStep[]): readonly IPlanStep[] | null {
  const ids = new Set(steps.map(({ id }) => id));
  const placed = new Set<string>();
  const order: IPlanStep[] = [];
  let rest = [...steps];
  while (rest.length > 0) {
    const next = rest.find(step =>
      references(step).every(
        ({ from: [other] }) => !ids.has(other) || placed.has(other)
      )
    );
    if (!next) {
      return null;
    }
    placed.add(next.id);
    order.push(next);
    rest = rest.filter(step => step !== next);
  }
  return order;
}
