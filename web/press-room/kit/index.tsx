// The published kit, beside the stage.
import type { PanelProps } from '../visit.ts';

export function KitPanel(_props: PanelProps) {
  return null;
}
