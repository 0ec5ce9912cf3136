import { sizeOf, sizeOfData } from '../cache';
import type { IStagedCall } from '../tokens';

function bytesOf({ inputs }: IStagedCall): number {
  return inputs.form === 'packed' ? sizeOf(inputs.packed) : sizeOfData(inputs.values);
}

/** Calls that wait to be run, by key; beyond a bound of memory the oldest go. */
export class StagedCalls {
  /** @param _limit Bytes of inputs. */
  constructor(private readonly _limit: number) {}

  get(key: string): IStagedCall | undefined {
    return this._calls.get(key)?.call;
  }

  add(call: IStagedCall): void {
    const owners = this._calls.get(call.key)?.owners ?? new Set();
    this.delete(call.key);
    const bytes = bytesOf(call);
    this._calls.set(call.key, { call, bytes, owners: owners.add(call.owner) });
    this._bytes += bytes;
    for (const oldest of this._calls.keys()) {
      if (this._bytes <= this._limit || oldest === call.key) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this._bytes -= this._calls.get(key)?.bytes ?? 0;
    this._calls.delete(key);
  }

  /** Takes away what no other kernel has staged as well. */
  drop(owner: string): void {
    for (const [key, { owners }] of this._calls) {
      owners.delete(owner);
      if (owners.size === 0) {
        this.delete(key);
      }
    }
  }

  private readonly _calls = new Map<
    string,
    { readonly call: IStagedCall; readonly bytes: number; readonly owners: Set<string> }
  >();
  private _bytes = 0;
}
