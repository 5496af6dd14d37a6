"""Plurals by family, and pairs of words that look like a plural and its singular and are not."""

from __future__ import annotations

ONE_WORD = {
    "an s": """
        agents/agent robots/robot models/model benchmarks/benchmark datasets/dataset tokens/token layers/layer
        gradients/gradient videos/video images/image graphs/graph kernels/kernel prompts/prompt rewards/reward
        embeddings/embedding transformers/transformer scenarios/scenario portfolios/portfolio studios/studio
        ratios/ratio photos/photo logos/logo memos/memo keys/key surveys/survey arrays/array displays/display
        proxies/proxy schemas/schema cameras/camera lambdas/lambda formulas/formula areas/area ideas/idea
        pandas/panda arenas/arena drones/drone valves/valve curves/curve sleeves/sleeve olives/olive archives/archive
        epochs/epoch monarchs/monarch stomachs/stomach roofs/roof proofs/proof beliefs/belief chiefs/chief cliffs/cliff
    """,
    "an es after a hiss": """
        classes/class losses/loss processes/process glasses/glass compasses/compass actresses/actress boxes/box
        suffixes/suffix complexes/complex indexes/index matrixes/matrix helixes/helix vertexes/vertex foxes/fox
        batches/batch patches/patch branches/branch sketches/sketch searches/search churches/church matches/match
        meshes/mesh hashes/hash crashes/crash wishes/wish waltzes/waltz blitzes/blitz buzzes/buzz quizzes/quiz
        whizzes/whiz
    """,
    "an s after a silent e": """
        houses/house databases/database responses/response phases/phase cases/case purposes/purpose doses/dose
        poses/pose roses/rose synapses/synapse ellipses/ellipse collapses/collapse lapses/lapse causes/cause
        clauses/clause pauses/pause excuses/excuse spouses/spouse sizes/size prizes/prize mazes/maze breezes/breeze
        caches/cache niches/niche headaches/headache psyches/psyche avalanches/avalanche pastiches/pastiche
        shoes/shoe toes/toe canoes/canoe images/image surfaces/surface lattices/lattice devices/device notices/notice
        services/service voices/voice slices/slice practices/practice interfaces/interface
    """,
    "ies": """
        policies/policy queries/query studies/study strategies/strategy memories/memory trajectories/trajectory
        geometries/geometry anomalies/anomaly taxonomies/taxonomy ontologies/ontology entropies/entropy
        biopsies/biopsy cities/city categories/category movies/movie cookies/cookie calories/calorie selfies/selfie
        zombies/zombie rookies/rookie prairies/prairie ties/tie pies/pie lies/lie magpies/magpie
    """,
    "words in -us, -as, -is, -ns": """
        viruses/virus buses/bus omnibuses/omnibus statuses/status campuses/campus octopuses/octopus
        walruses/walrus platypuses/platypus bonuses/bonus consensuses/consensus censuses/census choruses/chorus
        circuses/circus corpuses/corpus geniuses/genius sinuses/sinus focuses/focus nexuses/nexus
        apparatuses/apparatus surpluses/surplus minuses/minus abacuses/abacus hiatuses/hiatus thesauruses/thesaurus
        uteruses/uterus rhombuses/rhombus syllabuses/syllabus papyruses/papyrus fetuses/fetus biases/bias
        gases/gas canvases/canvas atlases/atlas aliases/alias pancreases/pancreas lenses/lens irises/iris
        trellises/trellis
    """,
    "words in -o": """
        heroes/hero potatoes/potato tomatoes/tomato echoes/echo vetoes/veto torpedoes/torpedo embargoes/embargo
        cargoes/cargo mosquitoes/mosquito tornadoes/tornado volcanoes/volcano mangoes/mango buffaloes/buffalo
        dominoes/domino zeroes/zero haloes/halo zeros/zero volcanos/volcano
    """,
    "words in -f and -fe": """
        calves/calf halves/half leaves/leaf loaves/loaf scarves/scarf shelves/shelf thieves/thief wolves/wolf
        elves/elf hooves/hoof dwarves/dwarf selves/self knives/knife lives/life wives/wife midwives/midwife
        bookshelves/bookshelf wharves/wharf
    """,
    "nouns in -ic": """
        infographics/infographic tactics/tactic harmonics/harmonic demographics/demographic metrics/metric
        heuristics/heuristic topics/topic characteristics/characteristic rubrics/rubric graphics/graphic
        mosaics/mosaic fabrics/fabric plastics/plastic critics/critic clinics/clinic comics/comic epics/epic
        antibiotics/antibiotic ceramics/ceramic lyrics/lyric relics/relic mimics/mimic logics/logic skeptics/skeptic
        pandemics/pandemic epidemics/epidemic mnemonics/mnemonic schematics/schematic quadrics/quadric
        statistics/statistic subtopics/subtopic probiotics/probiotic dielectrics/dielectric polemics/polemic
        medics/medic paramedics/paramedic picnics/picnic mystics/mystic
    """,
    "Greek in -sis": """
        analyses/analysis axes/axis crises/crisis diagnoses/diagnosis prognoses/prognosis metastases/metastasis
        hypotheses/hypothesis theses/thesis syntheses/synthesis parentheses/parenthesis prostheses/prosthesis
        oases/oasis emphases/emphasis synopses/synopsis neuroses/neurosis psychoses/psychosis paralyses/paralysis
        catalyses/catalysis symbioses/symbiosis metamorphoses/metamorphosis thromboses/thrombosis fibroses/fibrosis
        scleroses/sclerosis stenoses/stenosis necroses/necrosis mitoses/mitosis nemeses/nemesis
    """,
    "Latin in -x": """
        matrices/matrix indices/index vertices/vertex helices/helix cortices/cortex vortices/vortex
        appendices/appendix simplices/simplex codices/codex apices/apex cervices/cervix submatrices/submatrix
    """,
    "Latin in -um": """
        bacteria/bacterium spectra/spectrum curricula/curriculum equilibria/equilibrium maxima/maximum minima/minimum
        optima/optimum extrema/extremum suprema/supremum quanta/quantum momenta/momentum strata/stratum
        symposia/symposium consortia/consortium compendia/compendium errata/erratum addenda/addendum
        memoranda/memorandum millennia/millennium referenda/referendum aquaria/aquarium stadia/stadium sera/serum
        crania/cranium phyla/phylum continua/continuum ova/ovum atria/atrium
    """,
    "Greek in -on and -ma": """
        criteria/criterion phenomena/phenomenon automata/automaton polyhedra/polyhedron tetrahedra/tetrahedron
        icosahedra/icosahedron mitochondria/mitochondrion ganglia/ganglion taxa/taxon schemata/schema
        lemmata/lemma stigmata/stigma stomata/stoma
    """,
    "Latin in -us": """
        foci/focus loci/locus nuclei/nucleus radii/radius stimuli/stimulus fungi/fungus cacti/cactus alumni/alumnus
        syllabi/syllabus bacilli/bacillus gyri/gyrus sulci/sulcus tori/torus moduli/modulus thrombi/thrombus
        emboli/embolus villi/villus octopi/octopus menisci/meniscus corpora/corpus genera/genus
    """,
    "Latin in -a, French in -eau": """
        vertebrae/vertebra formulae/formula nebulae/nebula supernovae/supernova larvae/larva antennae/antenna
        algae/alga lacunae/lacuna laminae/lamina amoebae/amoeba fistulae/fistula tableaux/tableau plateaux/plateau
        bureaux/bureau plateaus/plateau
    """,
    "Old English": """
        children/child grandchildren/grandchild stepchildren/stepchild schoolchildren/schoolchild men/man women/woman
        firemen/fireman salesmen/salesman chairmen/chairman policemen/policeman feet/foot teeth/tooth geese/goose
        mice/mouse lice/louse oxen/ox
    """,
    "words in -i and -u": """
        gpus/gpu cpus/cpu npus/npu tpus/tpu apis/api guis/gui mris/mri rois/roi taxis/taxi skis/ski wikis/wiki
        emojis/emoji kanjis/kanji alibis/alibi tsunamis/tsunami gurus/guru menus/menu emus/emu
    """,
    "names with a number": """
        a100s/a100 h100s/h100 t5s/t5 v100s/v100 gpt4s/gpt4 rtx4090s/rtx4090 4bits/4bit
    """,
}

TWO_WORDS = {
    "sciences": """
        physics/physic mathematics/mathematic robotics/robotic dynamics/dynamic economics/economic ethics/ethic
        linguistics/linguistic politics/politic genetics/genetic optics/optic acoustics/acoustic mechanics/mechanic
        electronics/electronic semantics/semantic kinematics/kinematic analytics/analytic aesthetics/aesthetic
        mathematics/mathematica cybernetics/cybernetic informatics/informatic genomics/genomic proteomics/proteomic
        thermodynamics/thermodynamic electrodynamics/electrodynamic hydrodynamics/hydrodynamic
        aerodynamics/aerodynamic photonics/photonic bioinformatics/bioinformatic pragmatics/pragmatic
        phonetics/phonetic statics/static numerics/numeric forensics/forensic orthopedics/orthopedic
        pediatrics/pediatric obstetrics/obstetric econometrics/econometric psychometrics/psychometric
        ergonomics/ergonomic avionics/avionic bionics/bionic logistics/logistic athletics/athletic
        gymnastics/gymnastic hysterics/hysteric tropics/tropic metaphysics/metaphysic astrophysics/astrophysic
        biophysics/biophysic geophysics/geophysic
    """,
    "words that end in one s": """
        bias/bia lens/len news/new series/serie species/specie gas/ga bus/bu virus/viru status/statu corpus/corpu
        campus/campu focus/focu radius/radiu genus/genu nucleus/nucleu stimulus/stimulu consensus/consensu
        census/censu chorus/choru circus/circu genius/geniu sinus/sinu bonus/bonu minus/minu plus/plu
        apparatus/apparatu hippocampus/hippocampu thesaurus/thesauru octopus/octopu walrus/walru
        analysis/analysi basis/basi axis/axi thesis/thesi hypothesis/hypothesi synthesis/synthesi crisis/crisi
        diagnosis/diagnosi oasis/oasi genesis/genesi emphasis/emphasi paralysis/paralysi iris/iri tennis/tenni
        chassis/chassi debris/debri metropolis/metropoli canvas/canva atlas/atla alias/alia pancreas/pancrea
        christmas/christma chaos/chao cosmos/cosmo ethos/etho pathos/patho kudos/kudo asbestos/asbesto
        thermos/thermo rhinoceros/rhinocero always/alway perhaps/perhap whereas/wherea towards/toward besides/beside
        across/acro thus/thu yes/ye does/doe goes/goe this/thi means/mean odds/odd diabetes/diabete rabies/raby
        herpes/herpe biceps/bicep forceps/forcep corps/corp sapiens/sapien measles/measle mumps/mump
        headquarters/headquarter gallows/gallow barracks/barrack goods/good clothes/clothe
        nowadays/nowaday overseas/oversea upwards/upward downwards/downward backwards/backward forwards/forward
        sometimes/sometime afterwards/afterward versus/versu trans/tran us/u is/i as/a was/wa has/ha its/it
    """,
    "words that end in ss": """
        class/clas loss/los process/proces mass/mas glass/glas pass/pas less/les cross/cros stress/stres
        access/acces success/succes address/addres business/busines fairness/fairnes robustness/robustnes
        wireless/wireles princess/princes witness/witnes compass/compas congress/congres progress/progres
        boss/bos moss/mos kiss/kis miss/mis bass/bas brass/bras grass/gras chess/ches dress/dres press/pres
    """,
    "names": """
        bayes/bay hermes/herme kubernetes/kubernete keras/kera texas/texa kansas/kansa dallas/dalla vegas/vega
        mars/mar athens/athen wales/wale socrates/socrate archimedes/archimede hercules/hercule pythagoras/pythagora
        james/jame thomas/thoma lucas/luca nicholas/nichola jones/jone stokes/stoke siemens/siemen
        windows/window postgres/postgre jenkins/jenkin brussels/brussel honduras/hondura laos/lao madras/madra
        paris/pari davis/davi jesus/jesu cyprus/cypru venus/venu redis/redi
    """,
    "different words": """
        transformer/transformation transformers/transform generation/generative general/generation
        generative/generate optimizer/optimal embedding/embed embedded/embedding policy/political policies/police
        learning/learned agent/agentic agents/agency university/universe universal/universe modeling/model
        reward/rewarding retrieval/retrieve retriever/retrieval robust/robustness sparse/sparsity dense/density
        diffuse/diffusion infer/inference reason/reasoning plan/planning train/training evaluate/evaluation
        align/alignment attend/attention perceive/perception detect/detection segment/segmentation
        classify/classifier compress/compression quantize/quantization distill/distillation prune/pruning
        simulate/simulation navigate/navigation manipulate/manipulation grasp/grasping control/controller
        memory/memorize token/tokenizer language/lingual vision/visual audio/auditory speech/speak
    """,
    "words that a looser rule would join": """
        specimen/speciman regimen/regiman abdomen/abdoman acumen/acuman omen/oman semen/seman women/wom
        data/datum media/medium agenda/agendum opera/opus stamina/stamen visa/visum camera/camerum
        police/polouse rice/rouse spice/spouse dice/douse advice/advouse
        houses/housis causes/causis uses/usis phases/phasis cases/casis doses/dosis poses/posis roses/rosis
        lattices/lattix devices/devex services/servix practices/practix notices/notix
        caches/cach niches/nich headaches/headach movies/movy cookies/cooky calories/calory zombies/zomby
        valves/valf curves/curf sleeves/sleef olives/olife archives/archif
        shoes/sho toes/to canoes/cano sizes/siz prizes/priz mazes/maz
        1990s/1990 2000s/2000 1980s/1980 wiki/wikus taxi/taxus ski/skus alibi/alibus
        alumna/alumnus base/basis leaf/leave axe/axis
    """,
    "shorter words": """
        ros/ro gps/gp nas/na tts/tt fps/fp aws/aw ios/io sas/sa vas/va mos/mo
        dos/do los/lo ans/an ens/en ins/in ops/op pus/pu rus/ru sus/su
    """,
}


def pairs(families: dict[str, str]) -> list[tuple[str, str]]:
    """The pairs of every family."""
    return [
        (one, other) for words in families.values() for one, _, other in (pair.partition("/") for pair in words.split())
    ]
