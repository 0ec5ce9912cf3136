import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { Handle, type NodeProps } from '@xyflow/react';
import * as React from 'react';

import { StatusIcon } from '../status/StatusIcon';
import { useCellsState, useGraph } from './context';
import { sidesOf, type FoldedFlowNode, type FrameFlowNode } from './flow';
import { sectionPlan, sectionStatus, sectionText } from './sectionState';
import { itemLabel } from './texts';
import { useName } from './useName';

/** The frame around the cells of a section; its title drags it, its caret folds it. */
export const FrameNode = React.memo(function FrameNode(
  props: NodeProps<FrameFlowNode>
): React.JSX.Element {
  const { section } = props.data;
  const { toggleFold, trans } = useGraph();
  const label = trans.__('Fold %1', section.title);
  return (
    <div className="llmos-GraphFrame">
      <div className="llmos-GraphFrame-title">
        <button
          type="button"
          className="nodrag"
          data-section={section.id}
          aria-expanded={true}
          aria-label={label}
          title={label}
          onClick={() => toggleFold(section.id)}
        >
          <caretDownIcon.react tag="span" width="14px" height="14px" />
        </button>
        <span title={section.title}>{section.title}</span>
      </div>
    </div>
  );
});

/** A folded section: its title, how much is in it, and how that stands. */
export const FoldedNode = React.memo(function FoldedNode(
  props: NodeProps<FoldedFlowNode>
): React.JSX.Element {
  const { item } = props.data;
  const { section, shape } = item;
  const { cells } = section;
  const { found, toggleFold, trans } = useGraph();
  const box = React.useRef<HTMLDivElement>(null);
  const status = useCellsState(cells, run => sectionStatus(cells, run));
  const stand = useCellsState(cells, run => sectionText(cells, run, trans));
  const plan = useCellsState(cells, run => sectionPlan(cells, run));
  const hits = found ? cells.filter(id => found.has(id)).length : 0;
  const parts = [
    trans._n('%1 cell', '%1 cells', cells.length),
    ...(hits > 0 ? [trans.__('%1 found', hits)] : []),
    ...(stand === '' ? [] : [stand])
  ];
  useName(box, [itemLabel(item, trans), ...parts].join(', '));
  const text = parts.join(' · ');
  const textId = React.useId();
  const mods = `llmos-mod-plan-${plan}${found && hits === 0 ? ' llmos-mod-dimmed' : ''}`;
  const label = trans.__('Open %1', section.title);
  const { target, source } = sidesOf(shape.direction);
  return (
    <div ref={box} className={`llmos-GraphFolded ${mods}`} data-status={status}>
      <Handle type="target" position={target} isConnectable={false} />
      <button
        type="button"
        className="nodrag"
        data-section={section.id}
        aria-expanded={false}
        aria-label={label}
        aria-describedby={textId}
        title={label}
        onClick={() => toggleFold(section.id)}
      >
        <caretRightIcon.react tag="span" width="14px" height="14px" />
      </button>
      <div className="llmos-GraphFolded-text">
        <span className="llmos-GraphFolded-title" title={section.title}>
          {section.title}
        </span>
        <span className="llmos-GraphFolded-count" id={textId} title={text}>
          {text}
        </span>
      </div>
      {status !== 'idle' && <StatusIcon status={status} trans={trans} />}
      <Handle type="source" position={source} isConnectable={false} />
    </div>
  );
});
