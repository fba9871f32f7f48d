package calls

// programmes names the framework programmes by the EU portal's codes. The portal's own facet labels are
// mangled ("Erasmus  (ERASMUS )", "Coal %26 Steel"); these are put right.
var programmes = map[string]string{
	"111111":   "EU External Action (RELEX)",
	"31045243": "Horizon 2020 (2014–2020)",
	"31059643": "COSME (2014–2020)",
	"31076817": "Rights, Equality and Citizenship (REC, 2014–2020)",
	"42810547": "Europe Direct (ED, 2014–2020)",
	"43089234": "Innovation Fund (INNOVFUND)",
	"43108390": "Horizon Europe (HORIZON)",
	"43152860": "Digital Europe Programme (DIGITAL)",
	"43251447": "Asylum, Migration and Integration Fund (AMIF)",
	"43251530": "Border Management and Visa Policy Instrument (BMVI)",
	"43251567": "Connecting Europe Facility (CEF)",
	"43251589": "Citizens, Equality, Rights and Values (CERV)",
	"43251814": "Creative Europe (CREA)",
	"43251842": "Union Anti-fraud Programme (EUAF)",
	"43252368": "Internal Security Fund (ISF)",
	"43252386": "Justice Programme (JUST)",
	"43252405": "Environment and Climate Action (LIFE)",
	"43252433": "Protection of the Euro against Counterfeiting (PERICLES IV)",
	"43252449": "Research Fund for Coal and Steel (RFCS)",
	"43252476": "Single Market Programme (SMP)",
	"43252517": "Social Prerogative and Specific Competencies Lines (SOCPL)",
	"43253967": "Renewable Energy Financing Mechanism (RENEWFM)",
	"43254019": "European Social Fund+ (ESF+)",
	"43254037": "European Solidarity Corps (ESC)",
	"43298203": "Union Civil Protection Mechanism (UCPM)",
	"43298664": "Promotion of Agricultural Products (AGRIP)",
	"43298916": "Euratom Research and Training (EURATOM)",
	"43332642": "EU4Health (EU4H)",
	"43353764": "Erasmus+ (ERASMUS+)",
	"43392145": "Maritime, Fisheries and Aquaculture Fund (EMFAF)",
	"43637601": "Pilot Projects and Preparatory Actions (PPPA)",
	"43697167": "European Parliament (EP)",
	"44181033": "European Defence Fund (EDF)",
	"44416173": "Interregional Innovation Investments (I3)",
	"44773066": "Just Transition Mechanism (JTM)",
	"45532249": "EU Bodies and Agencies (EUBA)",
	"45876777": "Neighbourhood, Development and International Cooperation (NDICI)",
}

// ProgrammeLabel names a programme by its code; a code nobody has told us is its own name.
func ProgrammeLabel(code string) string {
	if label, ok := programmes[code]; ok {
		return label
	}
	return code
}

// ProgrammeCodes lists the codes of every programme that has a name here.
func ProgrammeCodes() []string {
	codes := make([]string, 0, len(programmes))
	for code := range programmes {
		codes = append(codes, code)
	}
	return codes
}
