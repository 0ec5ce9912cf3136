import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { Handle, type NodeProps } from '@xyflow/react';
import * as React from 'react';

import { useGraph } from './context';
import { sidesOf, type FoldedFlowNode, type FrameFlowNode } from './flow';

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

/** A folded section: its title and how much is in it. */
export const FoldedNode = React.memo(function FoldedNode(
  props: NodeProps<FoldedFlowNode>
): React.JSX.Element {
  const { section, shape } = props.data.item;
  const { toggleFold, trans } = useGraph();
  const label = trans.__('Open %1', section.title);
  const { target, source } = sidesOf(shape.direction);
  return (
    <div className="llmos-GraphFolded">
      <Handle type="target" position={target} isConnectable={false} />
      <button
        type="button"
        className="nodrag"
        data-section={section.id}
        aria-expanded={false}
        aria-label={label}
        title={label}
        onClick={() => toggleFold(section.id)}
      >
        <caretRightIcon.react tag="span" width="14px" height="14px" />
      </button>
      <span className="llmos-GraphFolded-title" title={section.title}>
        {section.title}
      </span>
      <span className="llmos-GraphFolded-count">
        {trans._n('%1 cell', '%1 cells', section.cells.length)}
      </span>
      <Handle type="source" position={source} isConnectable={false} />
    </div>
  );
});
