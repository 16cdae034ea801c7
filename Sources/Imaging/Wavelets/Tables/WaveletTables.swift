/// The numbers behind the families; see scripts/make_wavelet_tables.py.
enum WaveletTables {}
