const WORDS = `
abadi abang acara acuan adat adik agama agung ahli ajaib ajak akar akhir akrab aktif alam alamat
alas alat alis alun aman amat ambil ampuh anak aneka anggur angin angka angkat angsa anting antre
apel apotek arah arang arena arus asal asam asap asin asing asli asrama asri atap atas atlas atur
awal awan awas ayah ayam ayun badai badan badut bagan bagi bagus bahagia bahan bahari bahasa bahu
baik baja baju bakar bakat bakau baki bakmi bakso bakti bakul balai balik balok balon bambu
banding bangau bangga bangku bangsa bangun banjir bantal bantu banyak bapak barang barat baris
baru basah batas batik batu baut bawa bawah bawang bayam bayang bayar bebas becak beda begitu
bekal beku belah belajar belanja beli belok benang benar bendera benih bening benteng bentuk
berani beras berita berkah bersih besar besi besok betah betul biasa bibit bicara bidang bijak
biola biru bisa bisik bobot bola boneka botol buah buaya bubur budaya budi bujur buka bukit bukti
buku bulan bulat bumbu bumi bundar bunga bungkus bunyi burung busa busur buta butir butuh cabai
cabang cabut cahaya cair cakap calon campur canda candi canggih cangkir cantik capai capung cara
cari catat catur cawan cegah celah celana cemara cempaka cendana cepat cerah cerdas cerita cermat
cermin cetak cicak cincin cinta cipta cita coba cocok cokelat colek contoh corak coret cuaca cuci
cucu cukup cukur curah dadu daftar dagang daging dahan dahi dahulu damai danau dandan dapat dapur
darat dari dasar dasi data datang datar daun daya dayung debat debu dekap dekat denah dengan
dengar denting depan derap deras derita desa detik dewan diam didik dinding dingin dokter dompet
dongeng dorong duduk duku dukung dulang dunia durian duta ekor elang elok emas embun empang empat
empuk enak enam encer energi enggan engsel entah esok etika fajar fakta fasih fisik foto fungsi
gabah gabung gabus gading gagah gagang gajah galah gali galon gambar gambus gambut gandum ganjil
ganti gapura garam garasi garis garpu gasing gatal gaun gaya gayung gedung gelang gelar gelas gema
gemar gembira gempa gendang genteng gerak gerbang gergaji gerimis gerobak gesit getah getar giat
gigi giling gitar goreng gosok gotong gubuk gula gulai gulung gunting guntur gunung gurih guru
gurun habis hadap hadiah hadir hafal hakim halal halaman halte halus hambar hampir hangat hantar
hanyut hapus harap harga hari harimau harum harus hasil hati hebat hela helai hemat hening heran
hias hibur hidang hidung hidup hijau hikmah hilir hitam hitung hobi hormat hotel hujan huruf hutan
ibarat ikan ikat iklan iklim ikut ilmu imbang impian indah induk ingat ingin intan inti irama iris
istana isyarat izin jabat jadi jadwal jaga jagung jahe jahit jaket jalak jalan jalur jamu jamur
janji jantung jarak jarang jaring jarum jasa jati jatuh jauh jawab jaya jejak jeli jelita jemari
jempol jemput jenaka jendela jenis jeram jerami jernih jeruk jingga jodoh joget jual juang juara
judul jujur jumlah jumpa jurang juri jurus kabar kabel kabut kaca kacang kado kagum kain kait kaji
kakak kaki kaktus kaldu kaleng kali kalimat kalung kamar kambing kamera kampung kamus kanan kancil
kancing kandang kangen kantin kantong kantor kapak kapal kapan kapas kapur karang karcis kardus
karet kari karton kartu karya kasih kasir kasur kata katak katun kaum kawan kawat kaya kayu kebaya
kebun kecap kecil kecup kedai kedip kejar kejora kejut kelapa kelas kelinci kelola keluar kemah
kemas kembali kembang kembar kemeja kemiri kenal kenang kencang kendali kental kentang kepala
keping keramik kerang keras kereta kering kerja kertas kerupuk ketan ketapel ketat ketua ketuk
khas kiat kicau kijang kilat kilau kini kipas kirim kisah kita kiwi klasik koki kolak kolam kolom
koma kompas kompor kondisi konser koper kopi koran korek kosong kota kotak kuah kuat kubis kucing
kuda kuil kuku kukuh kulit kulkas kumis kumpul kunang kunci kuning kunir kunyit kupas kura kurang
kurma kursi kusam kutub laba label lada ladang lagi lagu lahan lahir lain laju laku lalu lama
laman lamar lambai lambat lampau lampu lancar landai langit langkah lantai lantang lapang lapar
lapis laris larut latih lauk laut lawan lawas layak layan layang layar lebah lebar lebat lebih
lega lekas lekuk lele leluasa lemah lemari lembah lembar lembut lempar lengan lentera lentik lepas
lereng lestari letak lewat lezat liang liar libur licin lidah lihat lilin lima limau lincah
lindung lingkar lintas lipat listrik lokasi loket lompat loncat lonceng lontar lorong loteng luang
luar luas lubang lucu lugas luhur lukis lulus lumba lumbung lumpur lumut lunak lunas lupa lurah
lurus lusa lutut luwes macan madu magang maha mahal mahir main maju makan makmur makna malam mampu
mancing mandi mandiri manfaat mangga manggis mangkuk manik manis mantap manusia mapan mari markas
martil masa masak masih masjid masuk mata matang mawar mayang medali mega mekar melati melodi
melon memang menang menara mendung menit mentari mentega menteri merah merak merapi merdeka merdu
merek merpati mesin mesra mewah mimpi minat minggu minta minum minyak mirip misal misi mobil modal
modern moga mohon molek motor muara muda mudah mudik muka mukim mulai mulia mulus mulut muncul
mungil mungkin murah murai murid murni museum musik musim mustika mutiara mutu nada nadi naga naik
nama nampan nanas nanti napas nasi nasihat naskah negara nelayan nenek nikmat nilai nomor nonton
nota novel nuansa nurani nusa nyala nyaman nyanyi nyaring nyata nyiur nyonya obat objek obor ojek
olah oleh ombak omong ongkos optik orang organ otak otot pabrik pacu pada padang padat padi pagar
pagi paham pahat pajak pakai paket paku palang palem paling paman pamit panah panas pancar panci
pancing pandai pandan pandu panen panggil pangkal panitia panjang panjat pantai pantas pantul
pantun papan parang paras parit paruh parut pasang pasar pasir pasti pasukan patah patok patuh
patung paus paut pawai payung pecah pecel pedal pedang pedas peduli pegang pekan pekat pekik pelan
pelana pelangi pelatih peluang peluit pemuda pena penanda pendek pendiri penjaga pensil pentas
penuh penyu pepaya perahu perak peran percaya perdana peri periuk perlu permata permen pesan pesat
pesawat pesona pesta petak petani peti petik petir petuah piala pialang pijar pijat pikir pikul
pilar pilih pilot pinang pindah pinggir pinjam pintar pintu pipa pipi piring pisah pisang pisau
pohon poin pojok pokok pola polos pompa pondok populer poros posisi potong potret praktis prima
pucuk pudar puisi pukul pulang pulas pulau pulih puluh puncak pupuk pusaka pusar pusat putar putih
putra putri rabu racik radio raga ragam raih raja rajin rajut rakit raksasa rakyat ramah ramai
rambat rambut rampung ramu rancang rangka rangkai rantai ranting rapat rapi rasa rasi ratu rawa
rawat raya rebah rebana rebus reda redup rekan rekat rela relief remaja rempah renang rencana
renda rendah rendang rentang resep resmi restu retak ribu rimba rimbun rindang rindu ringan rintik
riuh roda roket roman rombong rompi rontok roti ruang ruas rubah rujak rukun rumah rumit rumpun
rumput rumus runcing runding rupa rupiah rusa rute saat sabar sabtu sabuk sabun sabut sadar sagu
sahabat saham sahut saji saksi saku salak salam saldo saleh salin saling salju salur sama sambal
sambut samping sampul samudra sandal sandar sandi sanggul sanggup santai santan santap santun sapa
sapi sapu saran sarang sarapan sari saring sarung sasak sasar sastra satu satuan saudara sauh
saung sawah sawit sawo saya sayang sayap sayur sebab sebar sebut sedang sedap sedia sedikit segala
segan segar segera segi sehat sejati sejuk sekam sekolah selai selam selamat selasa selatan
selesai selimut selip seluruh semai semak sembuh semesta semi sempat semua semut senam sendi
sendiri sendok sendu seni senin senja sentosa sentuh senyum sepak sepatu sepeda sepi seprai serabi
serasi serat serba serbuk seret serius sesuai setara setia setuju siaga siang siap siapa siaran
sibuk sifat sigap sikap sikat siku silang silat simak simpan simpul sinar singa singgah singkat
sinyal siput siram sirih sirup sisa sisi sisik sisir siswa situ solusi sopan sopir sorak sore
sorot soto sponsor stasiun suara suasana suatu subuh subur sudah sudut sugih suguh suhu suka sukma
sukses suku suling suluh sulur sumber sumbu sumur sungai suntik supaya surai surat surga surya
susu susul susun sutra swasta syair syal syarat syukur taat tabah tabir tabung tabur tadi tahan
tahap tahu tahun tajam taji takjub taksi talang tali taman tamasya tamat tambah tambak tamu tanah
tanak tancap tanda tandan tanduk tangan tangga tanggal tanggap tangguh tangkai tangkap tangkas
tani tanjak tanjung tanpa tanya tapai tapak tapal tapi tari tarif tarik taring tarung tata tatap
tawa tebak tebal tebar tebing tebu teduh tegak tegap tegas teguh tekad tekan teko tekstil tekun
teladan telaga telah telat teliti teluk telur temani tempat tempe tempel tempuh temu tenaga tenang
tenda tengah tentang tentu tenun tepat tepi tepuk tepung terang terap teratai terbang terima terus
tetap tetes tiang tiba tidur tiga tikar tiket timba timbang timun timur tindak tinggi tingkat
tinta tipis tirai tiram tiru titik titip tiup toko tokoh tolak tolong tomat tombak tombol tong
tonggak topan topeng topi total tradisi truk tuan tuang tugas tugu tujuan tujuh tukang tukar
tulang tulis tulus tumbuh tumis tumpuk tunai tunas tunda tunggal tunggu tunjuk tuntas tupai turun
turut tutup tutur ubah ubin udang udara ufuk ujar ujian ujung ukir ukur ulang ulas ulat ulos umbi
umpama umum umur undang undur unggas unggul ungkap ungu unik unta untai untuk untung upacara upah
upaya urai urat urus urut usaha usai usia usul utama utara utuh vanila visi wadah wajah wajan
wajar wakil waktu walet wangi warga waris warna warung wasit waspada watak wayang wibawa wilayah
wisata wisma wortel wujud yakin yayasan yoga zaitun zaman zamrud zona
`

/** Common Indonesian words of four to seven letters, each heard and typed without doubt. */
export const PASSWORD_WORDS: readonly string[] = WORDS.trim().split(/\s+/)
