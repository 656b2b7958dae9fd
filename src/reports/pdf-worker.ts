import { dirname } from 'node:path'
import { isMainThread, parentPort } from 'node:worker_threads'
import type { PdfContent } from '#src/reports/pdf.ts'
import { pdfDocument } from '#src/reports/pdf-document.tsx'

/** Makes one PDF and is gone: loaded elsewhere than in a thread of its own it does nothing. */
if (!isMainThread) {
  parentPort?.once('message', async (content: PdfContent) => {
    parentPort?.postMessage(await drawPdf(content))
  })
}

async function drawPdf(content: PdfContent): Promise<Uint8Array> {
  // Only here: the library and its fonts take more memory than all else of the app.
  const { default: pdfmake } = await import('pdfmake')
  const roboto = `${dirname(Bun.resolveSync('pdfmake/package.json', import.meta.dir))}/fonts/Roboto`
  const fonts = [`${roboto}/Roboto-Regular.ttf`, `${roboto}/Roboto-Medium.ttf`] as const
  pdfmake.setFonts({ Roboto: { normal: fonts[0], bold: fonts[1] } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => fonts.some((font) => font === path))
  return pdfmake.createPdf(pdfDocument(content)).getBuffer()
}
