export type Column = { class: string; label: string }

/** The head of a table whose rows can be edited: its columns, and one for what can be done. */
export function PlainHead({ id, columns }: { id: string; columns: Column[] }) {
  return (
    <thead id={id}>
      <tr>
        {columns.map((column) => (
          <th scope="col" class={column.class}>
            {column.label}
          </th>
        ))}
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
}
