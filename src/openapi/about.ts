/** What holds for all of the API, in Markdown. */
export const describeApi = (zone: string): string =>
  `
Buku bahan bakar sebuah depo: membaca stok, riwayat dan laporan, mencatat pemakaian dan stok masuk.

**Siapa.** Program memakai kunci API dari halaman “Kunci API”: \`Authorization: Bearer bbm_…\`. Kunci hanya dapat melakukan
yang tertulis padanya: membaca, atau mencatat di satu lokasi. Orang memakai sesi di cookie. Bila ada Authorization, hanya
itu yang dilihat.

**Liter.** Dikirim sebagai angka atau teks dengan titik (\`350.5\`, \`"350.50"\`), dijawab sebagai teks dengan dua angka di
belakang titik. Yang dikirim sebagai teks tidak dibulatkan di jalan.

**Waktu.** ISO 8601. Tanpa selisih jam dibaca dalam zona ${zone}; dijawab dalam UTC. Hari adalah hari kalender di zona itu.

**Sekali saja.** Permintaan yang mencatat boleh membawa \`Idempotency-Key\`. Dikirim lagi dengan kunci dan isi yang sama, ia
dijawab 200 dengan jawaban yang pertama; dengan isi lain, 409. Sesudah sambungan putus: kirim lagi dengan kunci yang sama.

**Penolakan.** Selalu \`{"error": kalimat, "details": {isian: kalimat}}\`. Isi permintaan selalu application/json, paling banyak
1 MB. Isian yang tidak dikenal di isi permintaan ditolak; parameter yang kosong sama dengan tidak dikirim.
`.trim()

export const SESSION_SCHEME = {
  type: 'apiKey',
  in: 'cookie',
  description: 'Sesi orang yang masuk; diperpanjang sendiri oleh cookie pendampingnya.',
} as const

export const KEY_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  description: 'Kunci API sebuah program: “bbm_” dan 40 angka heksadesimal.',
} as const
