import '../browser';

import { giveRoom, oneSide, type Sides } from '../../src/narrow/sides';

/** Side areas, of which those that are named are open. */
class Areas implements Sides {
  constructor(...open: readonly ('left' | 'right')[]) {
    this.leftCollapsed = !open.includes('left');
    this.rightCollapsed = !open.includes('right');
  }
  leftCollapsed: boolean;
  rightCollapsed: boolean;
  collapseLeft(): void {
    this.leftCollapsed = true;
  }
  collapseRight(): void {
    this.rightCollapsed = true;
  }
  get open(): readonly string[] {
    return [
      ...(this.leftCollapsed ? [] : ['left']),
      ...(this.rightCollapsed ? [] : ['right'])
    ];
  }
}

function setWidth(width: number): void {
  Object.defineProperty(document.documentElement, 'clientWidth', {
    value: width,
    configurable: true
  });
}

describe('in a narrow window', () => {
  beforeEach(() => setWidth(390));

  it('the side area that is opened closes the other', () => {
    const areas = new Areas('left');
    const update = oneSide(areas);
    areas.rightCollapsed = false;
    update();
    expect(areas.open).toEqual(['right']);
    areas.leftCollapsed = false;
    update();
    expect(areas.open).toEqual(['left']);
  });

  it('what is gone to has all the room', () => {
    const areas = new Areas('left');
    giveRoom(areas);
    expect(areas.open).toEqual([]);
  });
});

describe('in the window of a tablet', () => {
  it('one side area stays beside what is gone to', () => {
    setWidth(820);
    const areas = new Areas('left');
    const update = oneSide(areas);
    areas.rightCollapsed = false;
    update();
    giveRoom(areas);
    expect(areas.open).toEqual(['right']);
  });
});

describe('in a wide window', () => {
  it('side areas stay as they are until it is made narrow', () => {
    setWidth(1280);
    const areas = new Areas('left', 'right');
    const update = oneSide(areas);
    update();
    giveRoom(areas);
    expect(areas.open).toEqual(['left', 'right']);
    setWidth(390);
    update();
    expect(areas.open).toEqual(['right']);
  });
});
