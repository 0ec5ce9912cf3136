import type { TranslationBundle } from '@jupyterlab/translation';
import {
  DEFAULT_CONTEXT,
  estimateTokens,
  findPrice,
  fixedTokens,
  sentTokens,
  type MessagePart
} from '@llmos-lab/skills';
import * as React from 'react';

import type { AssistantSettings } from '../settings';
import type { IPanelActions } from './actions';
import type { IPanelMessage } from './answers';
import type { AssistantModel } from './model';

interface IGaugeProps {
  readonly model: AssistantModel;
  readonly settings: AssistantSettings;
  readonly actions: Pick<IPanelActions, 'showContext'>;
  readonly trans: TranslationBundle;
}

/** How full the model's memory is, and what was sent last. */
export function Gauge(props: IGaugeProps): React.JSX.Element | null {
  const { model, settings, actions, trans } = props;
  const { context, messages, live } = model;
  const fixed = React.useMemo(fixedTokens, []);
  const said = React.useMemo(() => tokensOfAll(messages), [messages]);
  if (!context) {
    return null;
  }
  const limit =
    findPrice(settings.values.model, settings.values.prices)?.context ??
    DEFAULT_CONTEXT;
  const used = fixed + said + context.tokens + tokensOfCalls(live?.parts ?? []);
  return (
    <div className="llmos-Gauge">
      <meter
        min={0}
        max={limit}
        high={limit * 0.8}
        value={used}
        aria-label={trans.__('Context in use')}
      />
      <span>
        {trans.__(
          'about %1 of %2 tokens',
          used.toLocaleString(),
          limit.toLocaleString()
        )}
      </span>
      <button type="button" onClick={actions.showContext}>
        {trans.__('What was sent')}
      </button>
    </div>
  );
}

/** A question whose answer said nothing is not sent again. */
function tokensOfAll(messages: readonly IPanelMessage[]): number {
  return messages.reduce((sum, message, at) => {
    const next = messages[at + 1];
    const isSent =
      message.role !== 'user' ||
      next === undefined ||
      (next.role === 'assistant' && tokensOf(next) > 0);
    return sum + (isSent ? tokensOf(message) : 0);
  }, 0);
}

/** What the answer under way has called: it is sent with each of its next requests. */
function tokensOfCalls(parts: readonly MessagePart[]): number {
  return parts.reduce((sum, part) => {
    if (part.kind !== 'tool') {
      return sum;
    }
    const { tool, input, result } = part;
    const text = `${tool} ${JSON.stringify(input)}\n${result}`;
    return sum + counted(part, () => estimateTokens(text));
  }, 0);
}

function tokensOf(message: IPanelMessage): number {
  return counted(message, () => sentTokens(message));
}

/** Counted once for each: a long one takes a while. */
function counted(key: object, count: () => number): number {
  const tokens = tokenCounts.get(key) ?? count();
  tokenCounts.set(key, tokens);
  return tokens;
}

const tokenCounts = new WeakMap<object, number>();
