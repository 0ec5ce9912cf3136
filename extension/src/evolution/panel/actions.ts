import type { EvolutionJob, IPromotable } from '@llmos-lab/skills';

import type { IReviewed } from '../tokens';

/** What waits for review: a learned skill, or a guide that a model drafted. */
export type IWaiting = Pick<IReviewed, 'volume' | 'id' | 'path'>;

/** What the panel can do; commands carry it out, so that failures are told in one place. */
export interface IEvolutionActions {
  readonly run: (volume: string) => void;
  readonly stop: (volume: string) => void;
  /** Whether a job runs by itself. */
  readonly turn: (job: EvolutionJob, isOn: boolean) => void;
  /** Whether a team's job may copy the person's sessions. */
  readonly share: (volume: string, isShared: boolean) => void;
  /** Whether the assistant's model may read messages of commits. */
  readonly useModel: (isUsed: boolean) => void;
  readonly accept: (candidate: IWaiting) => void;
  readonly reject: (candidate: IWaiting) => void;
  /** Takes the newest rejection of a skill back. */
  readonly allow: (rejected: Pick<IWaiting, 'volume' | 'id'>) => void;
  readonly rename: (candidate: IWaiting) => void;
  /** Takes the name that the model suggests. */
  readonly takeName: (
    candidate: IWaiting,
    better: { readonly name: string; readonly description: string }
  ) => void;
  /** Opens the candidate's file. */
  readonly edit: (candidate: IWaiting) => void;
  /** Proposes a team's skill for everybody, with a reason to begin with. */
  readonly promote: (promotion: IPromotable, reason: string) => void;
  readonly dismiss: (promotion: IPromotable) => void;
  /** Shows a commit in the history of its volume. */
  readonly showCommit: (volume: string, commit: string) => void;
  readonly openSession: (volume: string, id: string) => void;
  /** A session's name; its id where it is gone. */
  readonly sessionName: (volume: string, id: string) => string;
}
