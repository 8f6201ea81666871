// A table that reads like a good printed list, and on a phone like a list of place cards. Roles are written out because the
// phone's layout takes the table display away, and the table's meaning would go with it.
import type { ReactNode } from 'react';

export type Column<R> = {
  key: string;
  head: string;
  cell: (row: R) => ReactNode;
  /** `number`: right, tabular. */
  align?: 'number';
  /** On a phone: `title` is the card's first line, `plain` follows without a label, `label` (usual) is named, `hide` is left out. */
  phone?: 'title' | 'plain' | 'label' | 'hide';
};

type Props<R> = { caption: string; columns: readonly Column<R>[]; rows: readonly R[]; rowKey: (row: R) => string; rowState?: (row: R) => string | undefined };

export function Table<R>({ caption, columns, rows, rowKey, rowState }: Props<R>) {
  return (
    <table className="table" role="table" aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" data-align={column.align}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" data-state={rowState?.(row)}>
            {columns.map((column) => (
              <td key={column.key} role="cell" data-align={column.align} data-phone={column.phone ?? 'label'} data-label={column.head}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
