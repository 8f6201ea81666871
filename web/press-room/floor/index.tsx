// The floor in the press room: a strip below the stage, and a panel when it is called.
import type { PanelProps, StripProps } from '../visit.ts';

export function FloorStrip(_props: StripProps) {
  return null;
}

export function FloorPanel(_props: PanelProps) {
  return null;
}
