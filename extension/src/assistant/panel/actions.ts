import type { IChatArtifact, IPlanStep } from '@llmos-lab/skills';

import type { RenderMarkdown } from '../../skills/markdown';

/** What the panel's components ask of the application. */
export interface IPanelActions {
  /** Inserts code of an answer below the active cell. */
  readonly insertCode: (code: string, answer: string) => void;
  /** The same, and runs the new cell with what it needs. */
  readonly runCode: (code: string, answer: string) => void;
  readonly copy: (text: string) => void;
  readonly openSkill: (id: string) => void;
  readonly insertSkill: (id: string) => void;
  /** Inserts the steps that an answer offers. */
  readonly insertWorkflow: (steps: readonly IPlanStep[], answer: string) => void;
  /** Mends a cell as an answer proposes, once the person has allowed the change. */
  readonly applyFix: (cell: string, answer: string) => void;
  /** Runs a cell of the notebook, and first what it needs. */
  readonly runWithNeeds: (cell: string) => void;
  /** Model, address and key. */
  readonly chooseModel: () => void;
  /** Whether the skills that fit go into questions. */
  readonly useSkills: (uses: boolean) => void;
  /** Shows what was sent with the last question. */
  readonly showContext: () => void;
  readonly undoTurn: (id: string) => void;
  /** Deletes the conversation that is shown, which can be brought back. */
  readonly deleteConversation: () => void;
  /** Offers, below a button, to download what was said in the session. */
  readonly exportConversation: (button: HTMLElement) => void;
  /** Shows an artifact in an element; the result takes it out again. */
  readonly previewArtifact: (host: HTMLElement, artifact: IChatArtifact) => () => void;
  /** Goes to the cell, skill or file that it is. */
  readonly openArtifact: (artifact: IChatArtifact) => void;
  readonly renderMarkdown: RenderMarkdown;
  /** A question is typed: what answers are drawn with is wanted soon. */
  readonly ready: () => void;
}
