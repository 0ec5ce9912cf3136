/** What the skill does, as Python runs it. */
export const WORK_CODE = `def execute(inputs):
    total = inputs["seed"]
    for step in range(inputs["steps"]):
        total = (total * 31 + step) % 1000003
    return {"total": total}
`;

/** A Python skill whose work is counted, not clocked, for runs side by side. */
export const WORK_SKILL = `---
skill_id: work
name: Work
description: Counts, to time calls that run side by side.
type: python-wasm
category: other
inputs:
  - { name: steps, type: integer, default: 1000000 }
  - { name: seed, type: integer, default: 0 }
outputs:
  - { name: total, type: integer }
---
~~~python
${WORK_CODE}~~~
`;
