import * as React from 'react';

/** What an element needs to take files that are dropped on it. */
export interface IFileDrop {
  /** True while files are dragged over it. */
  readonly isOver: boolean;
  readonly handlers: Pick<
    React.HTMLAttributes<HTMLElement>,
    'onDragOver' | 'onDragLeave' | 'onDrop'
  >;
}

/** Lets files from the desktop be dropped; other drags, such as Lumino's, pass. */
export function useFileDrop(take: (dropped: DataTransfer) => void): IFileDrop {
  const [isOver, setOver] = React.useState(false);
  const hasFiles = (event: React.DragEvent): boolean =>
    event.dataTransfer.types.includes('Files');
  return {
    isOver,
    handlers: {
      onDragOver: event => {
        if (hasFiles(event)) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
          setOver(true);
        }
      },
      onDragLeave: event => {
        const { currentTarget, relatedTarget } = event;
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) {
          setOver(false);
        }
      },
      onDrop: event => {
        setOver(false);
        if (hasFiles(event)) {
          event.preventDefault();
          take(event.dataTransfer);
        }
      }
    }
  };
}
