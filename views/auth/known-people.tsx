import { EVERYBODY, FORGOTTEN_PATH, signInHref } from '#views/auth/paths.ts'
import { Button } from '#views/ui/button.tsx'

export type KnownPerson = { id: number; name: string }

export type KnownPeopleProps = { people: KnownPerson[]; formToken: string; next: string }

/** A PC that many share: a click on one's own name leaves only the password to be typed. */
export function KnownPeople({ people, formToken, next }: KnownPeopleProps) {
  return (
    <form class="people-here" method="post" action={FORGOTTEN_PATH} aria-labelledby="people-title">
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="next" value={next} />
      <div class="people-head">
        <h2 id="people-title">Terakhir masuk di sini</h2>
        {people.length > 1 ? (
          <Button look="quiet" size="compact" name="person" value={EVERYBODY}>
            Lupakan semua
          </Button>
        ) : null}
      </div>
      <ul>
        {people.map(({ id, name }) => (
          <li>
            <a href={signInHref({ as: id, next })}>{name}</a>{' '}
            <Button
              look="quiet"
              size="compact"
              name="person"
              value={String(id)}
              label={`Lupakan ${name}`}
            >
              Lupakan
            </Button>
          </li>
        ))}
      </ul>
    </form>
  )
}
