import { describe, expect, test } from 'bun:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { isCommonPassword } from '#src/auth/common-passwords.ts'
import {
  MAX_PASSWORD_BYTES,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type Owner,
} from '#src/auth/password-rules.ts'
import { hashPassword, isPassword, makePassword, passwordProblem } from '#src/auth/passwords.ts'
import { newPassword } from '#src/users/input.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'

const SARI: Owner = CAST.sari
const problemOf = (password: string, owner = SARI) => passwordProblem(password, owner) ?? ''
const long = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 80 })

describe('a new password', () => {
  test.each([
    PASSWORD,
    'kapal-tunda-malam',
    'kuda makan rumput',
    '   sepuluh   ',
    'x9!Kp2#vQz',
    'ÀÉÎõü-ßđ-12',
    '\u{1f6e2}\u{1f6a2}\u{2693}-tiga-gambar',
    'ikan-terbang-'.padEnd(64, 'qwzx'),
  ])('%j is taken', (password) => {
    expect(problemOf(password)).toBe('')
  })

  test.each([
    ['', 'paling sedikit 10 huruf'],
    ['sembilan9', 'paling sedikit 10 huruf'],
    // Nine characters, though a computer counts eighteen.
    ['\u{1f6e2}'.repeat(9), 'paling sedikit 10 huruf'],
    ['ikan-terbang-'.padEnd(65, 'qwzx'), 'paling banyak 64 huruf'],
    [`kuda-makan-${'é'.repeat(31)}`, 'paling banyak 72 byte'],
    ['kuda-makan\trumput', 'tidak bisa diketik'],
    ['kuda-makan\0rumput', 'tidak bisa diketik'],
    ['kuda-makan-\ud83d-rumput', 'tidak bisa diketik'],
  ])('%j does not fit, and the sentence says how it would', (password, sentence) => {
    expect(problemOf(password)).toContain(sentence)
    expect(newPassword.safeParse(password).error?.issues[0]?.message).toContain(sentence)
  })

  test.each([
    'saya-sari-saja',
    'WULANDARI-1987',
    'kapalwulandarikapal',
    'sari@depo.example',
    'Sari@Depo.Example!',
  ])('%j holds the name or the address of its owner', (password) => {
    expect(problemOf(password)).toContain('memuat nama atau email')
  })

  test('may hold a name that is too short to be told from other words, and the name of somebody else', () => {
    const ani = { ...SARI, name: 'Ani Al Bo', email: 'ani@depo.example' }
    expect(problemOf('tanpa-anitan-lain', ani)).toBe('')
    expect(problemOf('budi-santoso-juga')).toBe('')
    expect(problemOf('xx-anialbo-xx', ani)).not.toBe('')
    expect(problemOf('xx-ani@depo.example', ani)).not.toBe('')
  })

  test('holds no name written without Latin letters, nor one that is a pattern to a computer', () => {
    const owner = { name: '王小明王 .*+(', email: 'w@x.id' }
    expect(problemOf('12-王小明王-345', owner)).not.toBe('')
    expect(problemOf('kuda-makan-rumput', owner)).toBe('')
  })

  test.each([
    '1234567890',
    'qwertyuiop',
    'QWERTYUIOP',
    '1qaz2wsx3edc',
    'Password2026!',
    '!!!password!!!',
    '2026-qwerty-2026',
    'sayangku123',
    'jakarta-2026',
    'indonesia45',
    'monitoringbbm1',
    'kata-sandi',
    'passwordpassword',
  ])('%j is one of the most common, or one with digits and signs around it', (password) => {
    expect(problemOf(password)).toContain('paling sering dipakai')
  })

  test.each(['aaaaaaaaaa', '1111111111', 'abababababab', '123123123123', '\u{1f6e2}'.repeat(12)])(
    '%j only repeats itself',
    (password) => {
      expect(problemOf(password)).toContain('hanya mengulang')
    },
  )

  test('that was made up is fit for its owner, whoever that is', () => {
    // One of twenty made up at random holds one of these.
    const letters = [...'abcdefgh']
    const pairs = letters.flatMap((first) => letters.map((second) => first + second))
    const name = pairs.flatMap((first) => pairs.map((second) => first + second)).join(' ')
    const owner = { name, email: 'x@depo.example' }
    for (let time = 0; time < 200; time++)
      expect(passwordProblem(makePassword(owner), owner)).toBeNull()
  })

  test('that is taken keeps to the limits and holds nothing of its owner, whatever was typed', () => {
    const owner = fc.record({ name: fc.string({ unit: 'grapheme' }), email: fc.emailAddress() })
    fc.assert(
      fc.property(long, owner, (password, { name, email }) => {
        fc.pre(passwordProblem(password, { name, email }) === null)
        const characters = [...password].length
        expect(characters).toBeGreaterThanOrEqual(MIN_PASSWORD_LENGTH)
        expect(characters).toBeLessThanOrEqual(MAX_PASSWORD_LENGTH)
        expect(Buffer.byteLength(password)).toBeLessThanOrEqual(MAX_PASSWORD_BYTES)
        expect(password.toLowerCase()).not.toContain(email.toLowerCase())
      }),
    )
  })

  test('with a name or an address in it is refused wherever it stands and however it is written', () => {
    const filling = fc.stringMatching(/^[k-m0-9 ]{0,20}$/)
    const part = fc.constantFrom('sari', 'Wulandari', 'WULANDARI', 'SaRi@dEpo.example')
    fc.assert(
      fc.property(filling, part, filling, (before, held, after) => {
        const password = `${before}${held}${after}`
        expect(passwordProblem(password, SARI)).not.toBeNull()
      }),
    )
  })
})

describe('the list of common passwords', () => {
  const words = dictionary['passwords-common']

  test('is the one of the package, whole and in small letters', () => {
    expect(words.length).toBeGreaterThan(40_000)
    expect(words.filter((word) => word !== word.toLowerCase())).toEqual([])
    for (const [at, word] of words.entries())
      if (at % 97 === 0) expect(isCommonPassword(word)).toBe(true)
  })

  test.each(['', '"', '","', 'password","12345678', '\\', 'solar-untuk-genset', 'sswor'])(
    'does not hold %j',
    (word) => {
      expect(isCommonPassword(word)).toBe(false)
    },
  )
})

test('a password is compared to its last character and its last byte', async () => {
  const most = 'ikan-terbang-'.padEnd(54, 'qwzx') + 'é'.repeat(9)
  expect(Buffer.byteLength(most)).toBe(MAX_PASSWORD_BYTES)
  const hash = await hashPassword(most)
  expect(await isPassword(most, hash)).toBe(true)
  expect(await isPassword(`${most.slice(0, -1)}e`, hash)).toBe(false)
  expect(await isPassword(`${most}x`, hash)).toBe(false)
})
