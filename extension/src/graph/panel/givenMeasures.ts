import { useStoreApi } from '@xyflow/react';
import * as React from 'react';

/**
 * Keeps the sizes and ports that nodes are given. React Flow looks for the ports in the
 * page again whenever a node is first laid out; in a large graph they are not drawn until
 * the pointer comes near, and the edges would go with them. What is really new, such as
 * another size, is measured all the same. To be called before `ReactFlow` is rendered,
 * which takes the function that measures at its first rendering.
 */
export function useGivenMeasures(): void {
  const store = useStoreApi();
  React.useState(() => {
    const { updateNodeInternals } = store.getState();
    store.setState({
      updateNodeInternals: updates =>
        updateNodeInternals(
          new Map([...updates].map(([id, update]) => [id, { ...update, force: false }]))
        )
    });
  });
}
