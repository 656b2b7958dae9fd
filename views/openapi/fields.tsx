import { type FieldRow, shapeId, type Word } from '#views/openapi/words.ts'

/** What can be sent, or comes back: a row for each field. */
export function Fields({ caption, fields }: { caption: string; fields: FieldRow[] }) {
  const hasPlaces = fields.some(({ place }) => place !== undefined)
  return (
    <table class="table stack docs-fields">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Nama</th>
          {hasPlaces ? <th scope="col">Di</th> : null}
          <th scope="col">Jenis</th>
          <th scope="col">Arti</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, place, type, isRequired, description }) => (
          <tr>
            <th scope="row" class="c-field">
              <code>{name}</code>
              {isRequired ? <span class="soft"> wajib</span> : null}
            </th>
            {hasPlaces ? <td class="c-where">{place}</td> : null}
            <td class="c-kind">
              <TypeWords words={type} />
            </td>
            <td class="c-meaning">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function TypeWords({ words }: { words: Word[] }) {
  return (
    <>
      {words.map(({ text, shape }) =>
        shape === undefined ? text : <a href={`#${shapeId(shape)}`}>{text}</a>,
      )}
    </>
  )
}
