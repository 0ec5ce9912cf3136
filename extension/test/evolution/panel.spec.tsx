import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import type { DecisionKind } from '@llmos-lab/skills';
import type { IDecisionOfVolume, IReviewed } from '../../src/evolution/tokens';
import { LearnedInputs } from '../../src/evolution/panel/LearnedInputs';
import { ReplayReport } from '../../src/evolution/panel/ReplayReport';
import type { IEvolutionActions } from '../../src/evolution/panel/actions';
import {
  EvolutionView,
  type IEvolutionViewProps
} from '../../src/evolution/panel/EvolutionPanel';

const trans = nullTranslator.load('llmos');
const JOB = {
  ...({ job: 'user', volume: 'user', isOn: true, hours: 24 } as const),
  ...({ due: null, progress: null } as const),
  problem: null,
  failure: null,
  isTaken: false
};

describe('EvolutionView', () => {
  let host: HTMLElement;
  let root: ReturnType<typeof createRoot>;
  let pressed: string[];

  const show = (props: Partial<IEvolutionViewProps>): void =>
    act(() =>
      root.render(
        <EvolutionView
          jobs={[JOB]}
          candidates={[]}
          history={[]}
          decisions={[]}
          promotions={[]}
          rejections={[]}
          drafts={[]}
          thresholds={{ minCount: 3, minSuccess: 0.7 }}
          actions={
            {
              run: () => pressed.push('run'),
              stop: () => pressed.push('stop')
            } as unknown as IEvolutionActions
          }
          trans={trans}
          {...props}
        />
      )
    );
  const press = (name: string): void =>
    act(() => {
      const buttons = [...host.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === name)?.click();
    });

  beforeEach(() => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT =
      true;
    pressed = [];
    host = document.createElement('div');
    root = createRoot(host);
  });
  afterEach(() => act(() => root.unmount()));

  it('says what it is for and offers the first step', () => {
    show({});
    expect(host.textContent).toContain('run a workflow of two or more skills');
    expect(host.textContent).toContain('Begins with your first session');
    press('Run now');
    expect(pressed).toEqual(['run']);
  });

  it('has words and bars of a learned input in one cell, for narrow side bars', () => {
    const learned = {
      ...{ of: 'vqe.iterations', input: 'iterations', kind: 'learned', n: 5 },
      ...{ low: 110, high: 150, histogram: [1, 3, 1] }
    };
    const candidate = {
      provenance: {
        ...{ values: [learned], runs: 9, success: 1 },
        from: { unsuccessful: 0, found: 9, kept: 3, used: 5 }
      },
      skill: {
        inputs: [{ name: 'iterations', default: 120, unit: 'steps' }],
        objective: 'minimise energy'
      }
    } as unknown as React.ComponentProps<typeof LearnedInputs>['candidate'];
    act(() => root.render(<LearnedInputs {...{ candidate, trans }} />));
    const cells = [...(host.querySelector('tr')?.children ?? [])];
    expect(cells.map(({ textContent }) => textContent?.trim())).toEqual([
      'iterations',
      '120 steps (middle half 110 to 150, n = 5)'
    ]);
    expect(cells[1]?.querySelectorAll('rect')).toHaveLength(3);
    expect(host.textContent).toContain(
      'what the runs with the best results used (minimise energy)'
    );
    expect(host.textContent).toContain(
      'Of 9 runs 5 count: the newest 3 are kept to verify with, 1 is not among the best.'
    );
  });

  it.each([
    ['must be given (its values are paths)', 'path', { required: true }],
    ['optional (some runs gave it, others did not)', 'optional', {}],
    [
      "120 steps, its step's own default (the values of runs lie too far apart)",
      'wide-spread',
      { default: 120, unit: 'steps' }
    ]
  ])('says of an input without a learned default: %s', (words, reason, port) => {
    const value = { of: 'vqe.x', input: 'x', kind: 'free', n: 5, reason };
    const candidate = {
      provenance: { values: [{ ...value, low: null, high: null }] },
      skill: { inputs: [{ name: 'x', ...port }] }
    } as unknown as React.ComponentProps<typeof LearnedInputs>['candidate'];
    act(() => root.render(<LearnedInputs {...{ candidate, trans }} />));
    expect(host.querySelector('td')?.textContent?.trim()).toBe(words);
    expect(host.textContent).not.toContain('n says how many');
  });

  it('shows how far a run is, and stops it', () => {
    const progress = { phase: 'replaying', done: 2, total: 3, name: 'X' } as const;
    show({ jobs: [{ ...JOB, due: 0, progress }] });
    expect(host.textContent).toContain('Replaying 2 of 3: X');
    expect(host.querySelector('progress')?.value).toBe(2);
    press('Stop');
    expect(pressed).toEqual(['stop']);
  });

  it('counts the hours until the next run', () => {
    const due = Date.now() + 5 * 3_600_000;
    show({ jobs: [{ ...JOB, due }] });
    expect(host.textContent).toContain('in 5 hours');
  });

  it('turns each job off and on, and says when it is off', () => {
    const turned: [string, boolean][] = [];
    const actions = {
      turn: (job: string, isOn: boolean) => turned.push([job, isOn])
    } as unknown as IEvolutionActions;
    const team = { ...JOB, job: 'team', volume: 'team-optics', hours: 168 } as const;
    const system = {
      ...JOB,
      ...({ job: 'system', volume: 'system', hours: 5, isOn: false } as const)
    };
    show({ jobs: [JOB, team, system], actions });
    const switches = [...host.querySelectorAll<HTMLInputElement>('[role="switch"]')];
    expect(switches.map(({ checked }) => checked)).toEqual([true, true, false]);
    const words = switches.map(each => each.closest('label')?.textContent);
    expect(words).toEqual([
      'Run by itself every day',
      'Run by itself every 7 daysFor all teams that you are in.',
      'Run by itself every 5 hours'
    ]);
    expect(host.textContent).toContain('Off: runs only when you say so');
    act(() => switches.forEach(each => each.click()));
    expect(turned).toEqual([
      ['user', false],
      ['team', false],
      ['system', true]
    ]);
  });

  it('folds what jobs may do, and says of a team whether sessions are shared', () => {
    const team = { ...JOB, job: 'team', volume: 'team-optics' } as const;
    const other = { ...team, volume: 'team-lasers', shares: true };
    show({ jobs: [JOB, team, other] });
    const folded = [...host.querySelectorAll<HTMLDetailsElement>('section > details')];
    expect(folded.map(({ open }) => open)).toEqual([false, false, false]);
    expect(folded.map(each => each.querySelector('summary')?.textContent)).toEqual([
      'Options',
      'Options: your sessions are not shared',
      'Options: your sessions are shared'
    ]);
  });

  it('tells what was applied, why skills were rejected and why a run failed', () => {
    const run = {
      ...({
        v: 1,
        job: 'user',
        volume: 'user',
        started: '2026-11-21T10:00:00.000Z',
        ms: 1
      } as const),
      ...{ traces: 6, patterns: 1, candidates: [], verified: 0 }
    } as const;
    show({
      history: [
        { ...run, id: 'a', status: 'failed', error: 'no worker', rejected: [] },
        {
          ...run,
          id: 'b',
          status: 'done',
          rejected: [{ id: 'x', reason: 'Run t6 disagrees.' }],
          applied: [{ id: 'curve', reason: 'All agree.', commit: 'c0ffee' }]
        }
      ]
    });
    expect(host.textContent).toContain('Applied as a draft: curve');
    expect(host.textContent).toContain('no worker');
    expect(host.textContent).toContain('Run t6 disagrees.');
  });

  const REVIEW = {
    report: { verdict: 'accepted', reason: '3 of 3 runs agree.', runs: [] },
    ...{ sessions: [], confidence: 0.5 }
  };
  const reviewed = (more: object): IReviewed =>
    ({
      ...{ id: 'curve', volume: 'user', path: 'skills/curve.md', text: '' },
      skill: { id: 'curve', name: 'Curve', code: '', inputs: [] },
      provenance: { runs: 5, users: 1, sessions: 1, success: 1, values: [] },
      ...{ review: REVIEW, ...more }
    }) as unknown as IReviewed;

  it.each([
    ['nothing of a new one for oneself', {}, undefined],
    ['the team of a new one', { volume: 'team-optics' }, 'Team optics'],
    [
      'what an update goes into',
      { review: { ...REVIEW, updates: 'sha256:aa' } },
      'Update in: Your volume'
    ]
  ])('says %s', (_, more, words) => {
    show({ candidates: [reviewed(more)] });
    expect(host.querySelector('.llmos-Candidate-kind')?.textContent).toBe(words);
  });

  it('gives no verdict to what was edited since, and replays it', () => {
    const report = { ...REVIEW.report, of: 'another text' };
    show({ candidates: [reviewed({ review: { ...REVIEW, report } })] });
    expect(host.textContent).toContain('Edited since it was verified');
    expect(host.textContent).not.toContain('Verified');
    expect(host.textContent).not.toContain('runs agree');
    press('Replay it now');
    expect(pressed).toEqual(['run']);
  });

  it('leads from each replayed run to its session', () => {
    const opened: string[][] = [];
    const actions = {
      openSession: (...args: string[]) => opened.push(args),
      sessionName: () => 'VQE for H2'
    } as unknown as IEvolutionActions;
    const runs = [
      { trace: '01RUN00000001', session: 's-1', kind: 'agrees' },
      { trace: '01RUN00000002', kind: 'agrees' }
    ];
    const report = { ...REVIEW.report, runs };
    const candidate = reviewed({ review: { ...REVIEW, report } });
    act(() => root.render(<ReplayReport {...{ candidate, actions, trans }} />));
    expect([...host.querySelectorAll('li')].map(row => row.textContent)).toEqual([
      expect.stringContaining('00000001 agrees'),
      expect.stringContaining('00000002 agrees')
    ]);
    const links = host.querySelectorAll('button');
    expect([...links].map(({ title }) => title)).toEqual(['VQE for H2']);
    press('00000001');
    expect(opened).toEqual([['user', 's-1']]);
  });

  it('offers to accept or take out what was applied automatically', () => {
    show({ candidates: [reviewed({ isApplied: true })] });
    expect(host.textContent).toContain(
      'Draft in: Your volume. Applied automatically, not reviewed yet.'
    );
    const buttons = [...host.querySelectorAll('.llmos-Candidate-buttons button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      ...['Accept', 'Edit', 'Reject…']
    ]);
    expect(buttons.map(each => each.getAttribute('title')).at(-1)).toBe(
      'Take it out of the volume; this workflow is not proposed until you press Propose again in the panel'
    );
  });

  it('tells workflows that mostly do not succeed apart', () => {
    const error = jest.spyOn(console, 'error');
    const failing = (signature: string, output: string, skills = ['vqe', 'plot']) => ({
      ...{ signature, skills, runs: 5, unsuccessful: 3 },
      edges: [['vqe', output, 'plot', 'y'] as const]
    });
    const patterns = [
      failing('1', 'energy'),
      failing('2', 'gradient'),
      failing('3', 'x', ['fit', 'plot'])
    ];
    const run = {
      ...{ v: 1 as const, id: '1', volume: 'user', job: 'user' as const, ms: 1 },
      ...{ started: '2026-11-21T10:00:00Z', status: 'done' as const },
      ...{ traces: 15, patterns: 0, candidates: [], verified: 0, rejected: [] }
    };
    show({ history: [{ ...run, failing: patterns }] });
    const rows = [...host.querySelectorAll('[data-run] > div')];
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Not proposed: vqe.energy → plot.y (in 3 of 5 runs these or other cells failed or were stopped)',
      'Not proposed: vqe.gradient → plot.y (in 3 of 5 runs these or other cells failed or were stopped)',
      'Not proposed: fit → plot (in 3 of 5 runs these or other cells failed or were stopped)'
    ]);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  it('has a row in the history for each run and decision, the newest first', () => {
    const commits: string[][] = [];
    const actions = {
      showCommit: (...args: string[]) => commits.push(args)
    } as unknown as IEvolutionActions;
    const decision = (kind: DecisionKind, hour: number): IDecisionOfVolume => ({
      ...{ kind, volume: 'user', id: 'curve', who: 'Ana' },
      ...{ at: `2026-11-21T${hour}:00:00.000Z`, commit: `${hour}c0ffee` }
    });
    const run = {
      ...({ v: 1, job: 'user', volume: 'user', status: 'done', ms: 1 } as const),
      ...{ id: 'a', started: '2026-11-21T11:00:00.000Z', traces: 6, patterns: 1 },
      ...{ candidates: ['curve'], verified: 1, rejected: [] }
    };
    const decisions = [
      ...[decision('updated', 14), decision('undone', 13), decision('rejected', 12)],
      decision('accepted', 10)
    ];
    show({ actions, decisions, history: [run] });
    const rows = [...host.querySelectorAll('.llmos-Evolution-history > li')];
    expect(rows.map(row => row.textContent?.split(': ')[1])).toEqual([
      'Ana accepted the update of curve 14c0ffe',
      'Ana brought curve back 13c0ffe',
      'Ana rejected curve 12c0ffe',
      '6 runs read, 1 pattern, 1 new to review, 1 verified',
      'Ana accepted curve 10c0ffe'
    ]);
    expect(rows[0]?.querySelector('time')?.dateTime).toBe('2026-11-21T14:00:00.000Z');
    press('14c0ffe');
    expect(commits).toEqual([['user', '14c0ffee']]);
  });

  it('says of the patterns of a run which were decided on before', () => {
    const run = {
      ...({ v: 1, job: 'user', volume: 'user', status: 'done', ms: 1 } as const),
      ...{ id: 'a', started: '2026-11-21T11:00:00.000Z', traces: 6, patterns: 3 },
      ...{ turnedDown: 1, known: 2, candidates: [], verified: 0, rejected: [] }
    };
    show({ history: [run] });
    expect(host.querySelector('.llmos-Evolution-history > li')?.textContent).toContain(
      '6 runs read, 3 patterns, 1 turned down before, 2 known, 0 new to review, 0 verified'
    );
  });

  it('says from when on a workflow is learned, as the settings have it', () => {
    const run = {
      ...({ v: 1, job: 'user', volume: 'user', status: 'done', ms: 1 } as const),
      ...{ id: 'a', started: '2026-11-21T11:00:00.000Z', traces: 6, patterns: 0 },
      ...{ candidates: [], verified: 0, rejected: [] }
    };
    show({ history: [run], thresholds: { minCount: 4, minSuccess: 0.55 } });
    expect(host.querySelector('.llmos-Evolution-empty')?.textContent).toContain(
      'at least 4 times, and 55 % of those runs or more went well'
    );
  });

  it('folds up what is older', () => {
    const decisions = Array.from({ length: 12 }, (_, at) => ({
      ...({ kind: 'accepted', volume: 'user', who: 'Ana', id: `s-${at}` } as const),
      ...{ at: `2026-11-21T10:00:${10 + at}.000Z`, commit: `c${at}` }
    }));
    show({ decisions });
    expect(host.querySelectorAll('.llmos-Evolution-history > li')).toHaveLength(10);
    expect(host.textContent).toContain('2 older');
    act(() => host.querySelector('summary')?.click());
  });

  it('lists what was turned down, and why', () => {
    const rejection = {
      ...({ v: 1, by: 'person', volume: 'user', id: 'curve' } as const),
      ...{ signature: 's', newest: '', reason: 'Too simple' }
    };
    show({ rejections: [{ ...rejection, at: '2026-11-21T10:00:00.000Z' }] });
    expect(host.textContent).toContain('1 turned down');
    expect(host.textContent).toContain('curve, Your volume');
    expect(host.textContent).toContain('Too simple');
  });

  it('leaves the list of what was turned down open, also once it was empty', () => {
    const rejection = {
      ...({ v: 1, by: 'person', volume: 'user', id: 'curve', signature: 's' } as const),
      ...{ newest: '', reason: '', at: '2026-11-21T10:00:00.000Z' }
    };
    const list = (): HTMLDetailsElement | null =>
      host.querySelector<HTMLDetailsElement>('details.llmos-Evolution-rejections');
    show({ rejections: [rejection] });
    expect(list()?.open).toBe(false);
    act(() => {
      const details = list();
      if (details) {
        details.open = true;
        details.dispatchEvent(new Event('toggle'));
      }
    });
    show({ rejections: [] });
    expect(list()).toBeNull();
    show({ rejections: [rejection] });
    expect(list()?.open).toBe(true);
  });

  it('asks before it copies sessions to a team, and says what', () => {
    const shared: [string, boolean][] = [];
    const actions = {
      share: (volume: string, isOn: boolean) => shared.push([volume, isOn])
    } as unknown as IEvolutionActions;
    const team = { ...JOB, job: 'team', volume: 'team-optics', shares: false } as const;
    show({ jobs: [JOB, team], actions });
    const box = host.querySelector<HTMLInputElement>('[type="checkbox"]:not([role])');
    expect(host.textContent).toContain('Team optics');
    expect(host.textContent).toContain('where all members read it');
    expect(box?.checked).toBe(false);
    act(() => box?.click());
    expect(shared).toEqual([['team-optics', true]]);
  });

  it('gives what speaks for a proposal along with it', () => {
    const reasons: string[] = [];
    const actions = {
      promote: (_: unknown, reason: string) => reasons.push(reason)
    } as unknown as IEvolutionActions;
    const promotion = { id: 'fit', version: 'sha256:1', volume: 'team-optics' };
    show({ promotions: [{ ...promotion, users: 3, runs: 8, success: 1 }], actions });
    press('Propose…');
    expect(reasons[0]).toContain('3 people of Team optics in 8 runs, 100 %');
  });
});
