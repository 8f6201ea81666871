// The tree of units with positions and their holders, kept while a form is open.
import { useMemo } from 'react';
import type { getOpds, getPositions } from '../../shared/people.ts';
import { useRead, type Remote } from '../platform/api.ts';
import { directory, type Directory } from './choice.ts';

export function useDirectory(): Remote<Directory> {
  const units = useRead<typeof getOpds>('/api/opds', {});
  const positions = useRead<typeof getPositions>('/api/positions', { query: {} });
  const value = useMemo(() => (units.value && positions.value ? directory(units.value, positions.value) : undefined), [units.value, positions.value]);
  return {
    value,
    failure: units.failure ?? positions.failure,
    asking: units.asking || positions.asking,
    again: () => {
      units.again();
      positions.again();
    },
  };
}
