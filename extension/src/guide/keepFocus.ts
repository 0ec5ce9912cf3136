/**
 * Does something that opens documents or panels, which take the focus, and gives it back
 * to where it was, unless the person has pressed something meanwhile.
 */
export async function keepingFocus<T>(work: () => Promise<T>): Promise<T> {
  const before = document.activeElement;
  let isMoved = false;
  const onPress = (): void => {
    isMoved = true;
  };
  document.addEventListener('pointerdown', onPress, true);
  document.addEventListener('keydown', onPress, true);
  try {
    return await work();
  } finally {
    document.removeEventListener('pointerdown', onPress, true);
    document.removeEventListener('keydown', onPress, true);
    if (!isMoved && before instanceof HTMLElement && before.isConnected) {
      before.focus();
    }
  }
}
