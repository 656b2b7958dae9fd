import { createHmac } from 'node:crypto'
import type { Owner } from '#src/auth/password-rules.ts'
import { isPassword, passwordProblem } from '#src/auth/passwords.ts'
import type { System } from '#src/system.ts'
import { PASSWORD_WORDS } from '#src/users/password-words.ts'
import { readPasswordHash } from '#src/users/queries.ts'

const COUNT = 4

/**
 * Four words that nobody can guess (over 10^12 possibilities). They are made from the key of the request that asks
 * for them, so that its repeat, after a double click or a lost answer, shows the same ones: kept is only their hash.
 * Many names are words of the language: those that hold the owner's are drawn again.
 */
export function temporaryPassword(
  system: Pick<System, 'config'>,
  request: { id: string; endpoint: string },
  owner: Owner,
): string {
  for (let attempt = 0; ; attempt++) {
    const words = drawWords(system, `words:${request.endpoint}:${request.id}:${attempt}`)
    if (passwordProblem(words, owner) === null) return words
  }
}

function drawWords({ config }: Pick<System, 'config'>, text: string): string {
  const bytes = createHmac('sha256', config.jwtSecret).update(text).digest()
  // Four bytes a word: so many more than there are words that none is noticeably likelier than another.
  const words = Array.from({ length: COUNT }, (_, at) => {
    return PASSWORD_WORDS[bytes.readUInt32BE(at * 4) % PASSWORD_WORDS.length]
  })
  return words.join('-')
}

/** Whether these words still let the person in: a repeat may come after they have chosen a password of their own. */
export async function isStillGood({ db }: System, userId: number, words: string): Promise<boolean> {
  return isPassword(words, await readPasswordHash(db, userId))
}
