extension PortraitStudio {
    /// The five athletes, in the byte order of their labels.
    public static let athletes: [Athlete] = [ada, bruno, leila, nia, ren]

    private static let ada = Athlete(
        label: "ada_lindqvist", name: "Ada Lindqvist",
        face: FaceShape(
            cheek: 0.685, jaw: 0.515, chin: 0.20, length: 1.03, eyeDistance: 0.315, eyeWidth: 0.168, eyeOpening: 0.078, eyeSlant: 0.018,
            browHeight: 0.215, browThickness: 0.048, browArch: 0.05, noseLength: 0.40, noseWidth: 0.125, noseBridge: 0.9,
            mouthWidth: 0.265, upperLip: 0.050, lowerLip: 0.075, mouthDrop: 0.20, hairline: -0.72, cheekbone: 1.0),
        complexion: Complexion(
            skin: Colour(hex: 0xF4C5A8), blush: Colour(hex: 0xE2907E), lips: Colour(hex: 0xC4706C), hair: Colour(hex: 0xA9622F),
            sheen: Colour(hex: 0xE8AE6A), brows: Colour(hex: 0x87522D), iris: Colour(hex: 0x5E86A0), freckles: 1, stubble: 0, lashes: 1.0),
        hairstyles: [.ponytail, .ponytail, .ponytail, .waves, .waves, .knot])

    private static let bruno = Athlete(
        label: "bruno_castellar", name: "Bruno Castellar",
        face: FaceShape(
            cheek: 0.72, jaw: 0.63, chin: 0.28, length: 1.05, eyeDistance: 0.305, eyeWidth: 0.158, eyeOpening: 0.066, eyeSlant: -0.004,
            browHeight: 0.165, browThickness: 0.085, browArch: 0.03, noseLength: 0.45, noseWidth: 0.155, noseBridge: 1.25,
            mouthWidth: 0.285, upperLip: 0.040, lowerLip: 0.065, mouthDrop: 0.20, hairline: -0.74, cheekbone: 0.8),
        complexion: Complexion(
            skin: Colour(hex: 0xD9A581), blush: Colour(hex: 0xC07A60), lips: Colour(hex: 0xAE6A5C), hair: Colour(hex: 0x3A2619),
            sheen: Colour(hex: 0x8A6142), brows: Colour(hex: 0x2E1D14), iris: Colour(hex: 0x6B4526), freckles: 0, stubble: 0.85,
            lashes: 0.7),
        hairstyles: [.curls, .curls, .curls, .curls, .fringe])

    private static let leila = Athlete(
        label: "leila_marandi", name: "Leila Marandi",
        face: FaceShape(
            cheek: 0.705, jaw: 0.52, chin: 0.175, length: 0.99, eyeDistance: 0.33, eyeWidth: 0.185, eyeOpening: 0.092, eyeSlant: 0.022,
            browHeight: 0.20, browThickness: 0.066, browArch: 0.065, noseLength: 0.42, noseWidth: 0.13, noseBridge: 1.1,
            mouthWidth: 0.275, upperLip: 0.062, lowerLip: 0.092, mouthDrop: 0.18, hairline: -0.74, cheekbone: 1.2),
        complexion: Complexion(
            skin: Colour(hex: 0xDFA87F), blush: Colour(hex: 0xCB7C68), lips: Colour(hex: 0xB4605F), hair: Colour(hex: 0x2E1C16),
            sheen: Colour(hex: 0x7C5440), brows: Colour(hex: 0x2C1A13), iris: Colour(hex: 0x5F7A45), freckles: 0, stubble: 0, lashes: 1.35),
        hairstyles: [.waves, .waves, .waves, .ponytail, .ponytail, .knot])

    private static let nia = Athlete(
        label: "nia_adeyinka", name: "Nia Adeyinka",
        face: FaceShape(
            cheek: 0.695, jaw: 0.535, chin: 0.205, length: 1.0, eyeDistance: 0.325, eyeWidth: 0.178, eyeOpening: 0.086, eyeSlant: 0.03,
            browHeight: 0.215, browThickness: 0.056, browArch: 0.075, noseLength: 0.38, noseWidth: 0.178, noseBridge: 0.7,
            mouthWidth: 0.285, upperLip: 0.085, lowerLip: 0.108, mouthDrop: 0.19, hairline: -0.76, cheekbone: 1.3),
        complexion: Complexion(
            skin: Colour(hex: 0xAC7553), blush: Colour(hex: 0x9A503C), lips: Colour(hex: 0x8C4A45), hair: Colour(hex: 0x1E1512),
            sheen: Colour(hex: 0x60483A), brows: Colour(hex: 0x22150F), iris: Colour(hex: 0x3E2416), freckles: 0, stubble: 0, lashes: 1.25),
        hairstyles: [.knot, .knot, .knot, .curls, .curls, .ponytail])

    private static let ren = Athlete(
        label: "ren_asakawa", name: "Ren Asakawa",
        face: FaceShape(
            cheek: 0.735, jaw: 0.575, chin: 0.22, length: 0.99, eyeDistance: 0.335, eyeWidth: 0.165, eyeOpening: 0.058, eyeSlant: 0.03,
            browHeight: 0.21, browThickness: 0.062, browArch: 0.02, noseLength: 0.38, noseWidth: 0.14, noseBridge: 0.75,
            mouthWidth: 0.25, upperLip: 0.045, lowerLip: 0.072, mouthDrop: 0.195, hairline: -0.70, cheekbone: 1.1),
        complexion: Complexion(
            skin: Colour(hex: 0xEBBB8E), blush: Colour(hex: 0xD0896E), lips: Colour(hex: 0xB8746A), hair: Colour(hex: 0x1D1A1E),
            sheen: Colour(hex: 0x484A58), brows: Colour(hex: 0x241D1D), iris: Colour(hex: 0x3A2418), freckles: 0, stubble: 0.08,
            lashes: 0.9),
        hairstyles: [.fringe, .fringe, .fringe, .fringe, .knot, .curls])
}
