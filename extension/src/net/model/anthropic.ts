import Anthropic from '@anthropic-ai/sdk';
import type { IModelRequest, ModelEvent } from '@llmos-lab/skills';

import { fetchWithin } from '../address';
import { problemOf, retryAfterOf } from '../core';
import { bodyOf } from './anthropicBody';
import { readStream } from './anthropicStream';
import { whyNoAnswer } from './failure';
import { ModelFailure, type IModelAccess, type IModelClient } from './types';

/** Speaks Anthropic's Messages API through its own SDK, in the browser or any runtime. */
export class AnthropicClient implements IModelClient {
  constructor(access: IModelAccess) {
    const { server, key } = access;
    const { origin } = new URL(server);
    this._server = server;
    this._client = new Anthropic({
      apiKey: key,
      // Nothing of the environment: only what the person entered.
      authToken: null,
      baseURL: server.replace(/\/$/, ''),
      // The key is the person's own, and lives in this worker.
      dangerouslyAllowBrowser: true,
      // Retries are ours, so that the panel can show them.
      maxRetries: 0,
      logLevel: 'off',
      fetch: (url, init) => fetchWithin(origin, urlOf(url), init)
    });
  }

  async *ask(request: IModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    try {
      const stream = await this._client.messages.create(bodyOf(request), { signal });
      yield* readStream(stream);
    } catch (error) {
      throw await this._failure(error);
    }
  }

  async models(signal: AbortSignal): Promise<readonly string[]> {
    try {
      const page = await this._client.models.list({ limit: 100 }, { signal });
      return page.data.map(({ id }) => id);
    } catch (error) {
      throw await this._failure(error);
    }
  }

  private async _failure(error: unknown): Promise<unknown> {
    if (error instanceof Anthropic.APIUserAbortError || error instanceof ModelFailure) {
      return error;
    }
    if (error instanceof Anthropic.APIConnectionError) {
      return whyNoAnswer(this._server, error.cause ?? error);
    }
    if (error instanceof Anthropic.APIError) {
      const { status, type, headers } = error as InstanceType<
        typeof Anthropic.APIError
      >;
      const detail = error.apiMessage ?? error.message;
      return new ModelFailure(problemOf(status, type, detail), retryAfterOf(headers));
    }
    return error;
  }

  private readonly _client: Anthropic;
  private readonly _server: string;
}

function urlOf(url: RequestInfo | URL): string {
  return typeof url === 'string' ? url : url instanceof URL ? url.href : url.url;
}
