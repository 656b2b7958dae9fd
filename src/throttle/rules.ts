import { isIPv6 } from 'node:net'

/** So many failures in a row begin the first wait. */
export const PATIENCE = 5
const LONGEST_WAIT_SECONDS = 60

/** The seconds to wait after so many failures in a row: 1 after the fifth, then twice as long each time, 60 at most. */
export function waitAfter(failures: number): number {
  return failures < PATIENCE ? 0 : Math.min(LONGEST_WAIT_SECONDS, 2 ** (failures - PATIENCE))
}

const GROUPS = 8

/** Who has one IPv6 address has all that begin with the same 64 bits, and could try from each of them. */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  if (!isIPv6(plain)) return address
  const [head = '', tail = ''] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::')
  const [before, after] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array<string>(GROUPS - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, GROUPS / 2).join(':')}::/64`
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))
