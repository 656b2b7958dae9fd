import { MessagePanel } from '#views/errors/message-panel.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

export type MessageStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 429 | 500 | 503

export type MessagePageProps = {
  status: MessageStatus
  /** Found in the server's log; people read it out on the phone. */
  requestId: string
  /** Says more than the general sentence, where more is known and may be said. */
  sentence?: string | undefined
  /** Seconds after which another try makes sense. */
  retryAfter?: number | undefined
  /** The page itself, after a GET. */
  retryHref?: string | undefined
}

/** `isRetried`: the same address may well answer later. */
type Message = { heading: string; sentence: string; isRetried: boolean }

const BACK = { isRetried: false } as const
const AGAIN = { isRetried: true } as const

const UNREADABLE = {
  heading: 'Kiriman ini tidak bisa diterima',
  sentence: 'Tidak ada yang dicatat. Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi.',
  ...BACK,
}

const MESSAGES: Record<MessageStatus, Message> = {
  400: UNREADABLE,
  401: UNREADABLE,
  409: UNREADABLE,
  415: UNREADABLE,
  422: UNREADABLE,
  403: {
    heading: 'Ini di luar wewenang Anda',
    sentence:
      'Akun Anda tidak boleh membuka atau melakukan ini. Bila seharusnya boleh, minta admin depo mengubah peran atau lokasi Anda.',
    ...BACK,
  },
  404: {
    heading: 'Halaman ini tidak ada',
    sentence:
      'Alamatnya mungkin salah ketik, atau catatannya bukan di lokasi Anda. Cari dari Beranda atau Riwayat.',
    ...BACK,
  },
  408: {
    heading: 'Kiriman terlalu lambat',
    sentence:
      'Yang dikirim tidak sampai seluruhnya, jadi tidak ada yang dicatat. Periksa sambungan, kembali, lalu kirim lagi.',
    ...BACK,
  },
  413: {
    heading: 'Kiriman terlalu besar',
    sentence:
      'Yang dikirim melebihi 1 MB, jadi tidak ada yang dicatat. Kembali, pendekkan isiannya, lalu kirim lagi.',
    ...BACK,
  },
  429: {
    heading: 'Terlalu banyak permintaan',
    sentence: 'Tunggu sebentar sebelum mencoba lagi. Tidak ada yang hilang.',
    ...AGAIN,
  },
  500: {
    heading: 'Ada yang salah di sisi kami',
    sentence:
      'Permintaan ini tidak selesai. Kembali dan kirim lagi: tidak akan tercatat dua kali. Bila terulang, beri tahu admin nomor di bawah ini.',
    ...BACK,
  },
  503: {
    heading: 'Basis data sedang tidak terjangkau',
    sentence:
      'Tidak ada yang hilang dan Anda tetap masuk. Bila baru saja mengirim catatan, kirim lagi: tidak akan tercatat dua kali.',
    ...AGAIN,
  },
}

export const messageTitle = (status: MessageStatus): string => MESSAGES[status].heading

/** One message as a page: what happened, what to do next, and the number to find it by. */
export function MessagePage(props: MessagePageProps) {
  const message = MESSAGES[props.status]
  return (
    <MessagePanel
      status={props.status}
      requestId={props.requestId}
      retryAfter={props.retryAfter}
      heading={message.heading}
      sentence={props.sentence ?? message.sentence}
    >
      <Buttons>
        <ButtonLink look="primary" {...nextStep(props, message.isRetried)} />
      </Buttons>
    </MessagePanel>
  )
}

function nextStep({ retryHref }: MessagePageProps, isRetried: boolean) {
  if (isRetried && retryHref !== undefined) return { href: retryHref, children: 'Coba lagi' }
  // Home itself was refused: a way back to it would lead in a circle.
  const isCircle = !isRetried && retryHref === '/'
  return isCircle
    ? { href: '/history', children: 'Ke riwayat' }
    : { href: '/', children: 'Ke beranda' }
}
