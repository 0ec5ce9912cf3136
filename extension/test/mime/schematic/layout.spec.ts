import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import Elk from 'elkjs/lib/elk.bundled.js';

import type { IPoint, IWire } from '../../../src/mime/schematic/geometry';
import { layOut, type ISchematic } from '../../../src/mime/schematic/layout';
import { readNetlist } from '../../../src/mime/schematic/netlist';

const FOLDER = join(__dirname, '../../../../kernel/test/fixtures/netlists');
const REST = { voltage: () => '1 V', current: () => '' };

function draw(text: string): Promise<ISchematic> {
  return layOut(new Elk(), readNetlist(text), REST);
}

function textOf(file: string): string {
  const [, ...lines] = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  return lines.join('\n');
}

/** Whether `point` lies on a line of the wire. */
function isOn({ lines }: IWire, point: IPoint): boolean {
  return lines.some(line =>
    line.some((end, at) => {
      const from = line[at - 1] ?? end;
      const [left, right] = [Math.min(from.x, end.x), Math.max(from.x, end.x)];
      const [top, bottom] = [Math.min(from.y, end.y), Math.max(from.y, end.y)];
      const near = 0.5;
      return (
        point.x >= left - near &&
        point.x <= right + near &&
        point.y >= top - near &&
        point.y <= bottom + near
      );
    })
  );
}

describe('layOut', () => {
  it.each(readdirSync(FOLDER))('joins in %s what the netlist joins', async file => {
    const { parts, wires } = await draw(textOf(file));
    for (const { part, leads, at } of parts) {
      expect(leads).toHaveLength(part.pins.length);
      for (const { node, ending, outer } of leads) {
        if (ending !== 'wire') {
          continue;
        }
        const end = { x: at.x + outer.x, y: at.y + outer.y };
        const touched = wires.filter(wire => isOn(wire, end)).map(wire => wire.node);
        expect(touched.filter(name => name !== node)).toEqual([]);
        const alone = !wires.some(wire => wire.node === node);
        expect(touched.includes(node) || alone).toBe(true);
      }
    }
  });

  it('puts the name and voltage of each node on exactly one lead', async () => {
    const { parts } = await draw('V1 in 0 5\nR1 in out 1k\nR2 out 0 1k');
    const labels = parts.flatMap(part => part.leads.map(lead => lead.label));
    expect(labels.filter(label => label.length > 0).sort()).toEqual([
      ['in', '1 V'],
      ['out', '1 V']
    ]);
  });

  it('draws supplies as flags, not as wires', async () => {
    const { parts, wires } = await draw('Vcc vcc 0 12\nR1 vcc a 1k\nR2 a 0 1k');
    expect(wires.map(wire => wire.node)).toEqual(['a']);
    const endings = parts.flatMap(part => part.leads.map(lead => lead.ending));
    expect(endings.filter(ending => ending === 'rail')).toHaveLength(2);
  });
});
