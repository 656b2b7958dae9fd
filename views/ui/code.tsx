const LONG = 16

/** A code such as TUG_ASSIST; a long one may break after its underscores. */
export function Code({ code }: { code: string }) {
  if (code.length <= LONG) return <>{code}</>
  return (
    <>
      {code.split(/(?<=_)/).map((part) => (
        <>
          {part}
          <wbr />
        </>
      ))}
    </>
  )
}
