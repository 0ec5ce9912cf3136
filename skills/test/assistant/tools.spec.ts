import {
  permissionFor,
  NO_PERMISSIONS,
  withChoice
} from '../../src/assistant/permission';
import { checkCall, TOOLS, toolSpecs, type ToolName } from '../../src/assistant/tools';

const NAMES = Object.keys(TOOLS) as ToolName[];

describe('the tools', () => {
  it('are twelve, each with a schema that providers take', () => {
    expect(NAMES).toHaveLength(12);
    for (const { schema, description } of toolSpecs()) {
      expect(description).toMatch(/\.$/);
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it.each([
    ['edit_cell', { cell: 'a', source: 'x = 1' }, []],
    ['edit_cell', { cel: 'a', source: 'x' }, ['"cell" is missing', 'Write "cell"']],
    ['insert_cells', { cells: [] }, ['a list that is not empty']],
    ['insert_cells', { cells: [{ type: 'raw', source: 1 }] }, ['"code" or', 'a text']],
    ['run', { choice: 'everything' }, ['"all", "stale" or "cells"']],
    ['build_workflow', { nodes: [{ id: 'a', inputs: { any: [1] } }] }, []],
    ['delete_everything', {}, ['There is no tool']],
    ['read_graph', null, ['must be an object']]
  ])('check the arguments of %s %j', (tool, input, wanted) => {
    const found = checkCall(tool, input);
    expect(found).toHaveLength(wanted.length);
    wanted.forEach((words, index) => expect(found[index]).toContain(words));
  });
});

describe('permissions', () => {
  const changing = NAMES.filter(name => TOOLS[name].effect !== 'read');

  it('let the assistant read, and ask for everything else', () => {
    for (const name of NAMES) {
      const expected = changing.includes(name) ? 'ask' : 'allow';
      expect(permissionFor(name, NO_PERMISSIONS)).toBe(expected);
    }
    expect(changing).toEqual([
      ...['insert_cells', 'edit_cell', 'connect', 'run'],
      ...['create_skill', 'build_workflow', 'commit_session']
    ]);
  });

  it('hold for the session, or for one time only', () => {
    const session = withChoice(NO_PERMISSIONS, 'run', 'session');
    expect(permissionFor('run', session)).toBe('allow');
    expect(permissionFor('edit_cell', session)).toBe('ask');
    expect(withChoice(NO_PERMISSIONS, 'run', 'once')).toBe(NO_PERMISSIONS);
  });

  it('apply changes by the setting, but neither run nor keep anything by it', () => {
    const rules = { ...NO_PERMISSIONS, applyChanges: true };
    expect(permissionFor('edit_cell', rules)).toBe('allow');
    expect(permissionFor('run', rules)).toBe('ask');
    expect(permissionFor('commit_session', rules)).toBe('ask');
    expect(permissionFor('edit_cell', withChoice(rules, 'edit_cell', 'never'))).toBe(
      'refuse'
    );
  });
});
