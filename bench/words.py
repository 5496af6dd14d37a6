"""The words that papers and queries of the benchmark are made of."""

from __future__ import annotations

from functools import lru_cache

FUNCTION_WORDS = """
the of and to a in we that for is with on this by are as our from an be which can it these using such has more than
their or at not have its based also between into both each while over under through only further other where however
most across all two when without they there been how via no but one them during within what so if then here may three
""".split()
"""The commonest first."""

COMMON_WORDS = """
model method learning data training language performance results task approach large show learn framework image
network propose generation reasoning state art existing benchmark time evaluation experiment problem quality human
dataset code system efficient robust analysis agent policy reward prompt token attention feature visual video text
speech audio representation knowledge structure inference sample space scale accuracy error noise cost memory search
planning control domain object scene motion graph query answer context world simulation environment demonstration
preference feedback safety bias privacy attack defense detection segmentation tracking prediction estimation
optimization gradient loss objective encoder decoder transformer diffusion latent embedding retrieval ranking
compression pruning distillation quantization calibration uncertainty alignment instruction dialogue translation
summarization classification clustering regression sampling exploration robot manipulation navigation grasping
locomotion perception depth geometry texture rendering survey review theory proof bound convergence complexity
architecture layer head module pipeline benchmarks baselines ablation strategy study community limitation insight
capability challenge improvement contribution open new novel simple general
""".split()
"""Ordinary words of abstracts, the commonest first."""

TERMS = """
large language model; reinforcement learning; diffusion model; in-context learning; chain of thought; vision-language
model; instruction tuning; world model; reward model; fine-tuning; image generation; video generation; text-to-image;
text-to-video; question answering; retrieval-augmented generation; mixture of experts; preference optimization; policy
gradient; speech recognition; machine translation; object detection; semantic segmentation; depth estimation; pose
estimation; self-supervised learning; contrastive learning; representation learning; transfer learning; continual
learning; federated learning; meta-learning; few-shot learning; zero-shot learning; multi-task learning; curriculum
learning; imitation learning; inverse reinforcement learning; offline reinforcement learning; multi-agent system; tool
use; code generation; theorem proving; program synthesis; mathematical reasoning; commonsense reasoning; spatial
reasoning; causal inference; Bayesian optimization; Gaussian process; Gaussian splatting; neural radiance field; point
cloud; novel view synthesis; scene graph; optical flow; motion planning; robot manipulation; humanoid robot; legged
locomotion; dexterous grasping; autonomous driving; sim-to-real; visual navigation; embodied agent; web agent;
computer use; long context; context window; key-value cache; speculative decoding; attention mechanism; linear
attention; state space model; flash memory; low-rank adaptation; parameter-efficient tuning; knowledge distillation;
model merging; model compression; weight pruning; post-training quantization; mixed precision; scaling law; emergent
ability; test-time compute; test-time training; synthetic data; data curation; data augmentation; active learning;
human feedback; preference data; red teaming; jailbreak attack; adversarial example; backdoor attack; membership
inference; differential privacy; machine unlearning; watermarking; hallucination detection; factual consistency;
uncertainty estimation; conformal prediction; anomaly detection; out-of-distribution; domain adaptation; domain
generalization; distribution shift; graph neural network; knowledge graph; link prediction; node classification;
molecule generation; protein folding; drug discovery; weather forecasting; time series; climate model; medical
imaging; radiology report; pathology slide; clinical note; electronic health record; brain signal; speech synthesis;
voice conversion; music generation; audio captioning; sound event; speaker verification; sign language; optical
character recognition; document understanding; table understanding; chart understanding; visual grounding; referring
expression; image captioning; image editing; style transfer; super-resolution; image restoration; low-light
enhancement; face recognition; gaze estimation; action recognition; video understanding; temporal grounding; moment
retrieval; cross-modal retrieval; dense retrieval; query expansion; re-ranking; recommendation system; click-through
rate; conversational search; dialogue system; user simulation; persona; story generation; text summarization;
sentiment analysis; named entity recognition; relation extraction; event extraction; coreference resolution;
dependency parsing; word sense; low-resource language; code-switching; tokenization; byte-level model; masked language
model; autoregressive model; flow matching; score matching; variational autoencoder; normalizing flow; energy-based
model; generative adversarial network; vector quantization; discrete token; latent space; sparse autoencoder;
mechanistic interpretability; feature attribution; probing classifier; concept bottleneck; counterfactual explanation;
model editing; activation steering; in-domain data; stochastic gradient; second-order optimization; learning rate;
weight decay; batch size; loss landscape; implicit bias; double descent; grokking; kernel method; optimal transport;
convex optimization; bandit algorithm; regret bound; sample complexity; Markov decision process; Monte Carlo tree
search; game theory; mechanism design; evolutionary search; neural architecture search; hyperparameter tuning;
hardware accelerator; compiler optimization; tensor parallelism; pipeline parallelism; serving system; on-device
inference; spiking network; neuromorphic chip; quantum circuit; partial differential equation; physics-informed
network; neural operator; fluid simulation; material design; crystal structure; particle tracking; remote sensing;
satellite imagery; crop monitoring; traffic prediction; trajectory forecasting; crowd simulation; digital twin;
surgical robot; prosthetic hand; tactile sensing; soft robot; drone racing; swarm coordination; simultaneous
localization and mapping; visual odometry; sensor fusion; event camera; lidar segmentation; occupancy prediction;
bird's-eye view; lane detection; 3D reconstruction; mesh generation; texture synthesis; human avatar; hand tracking;
motion capture; character animation; talking head; lip synchronization; virtual try-on; layout generation; graphic
design; font generation; user interface; accessibility; education; essay scoring; peer review; scientific discovery;
hypothesis generation; literature search; legal reasoning; financial forecasting; fraud detection; misinformation;
hate speech; moral judgement; cultural bias; fairness; alignment tax; scalable oversight; weak supervision;
self-training; self-play; self-refinement; self-consistency; multi-hop reasoning; logical reasoning; analogical
reasoning; planning benchmark; agent benchmark; coding benchmark; leaderboard; data contamination; evaluation harness;
human evaluation
"""
RESEARCH_TERMS = tuple(" ".join(term.split()) for term in TERMS.split(";"))
"""Real terms of the field, the most looked for first."""

ACRONYMS = (
    "LLM RL VLM RLHF RAG CLIP GPT BERT MoE LoRA SFT DPO GRPO PPO NeRF GAN VAE ViT SLAM OCR ASR TTS NLP GNN CNN".split()
)
"""As papers and queries write them."""

GIVEN_NAMES = """
Ada Ben Cleo Dario Edda Fenno Gilda Hano Ilva Jorin Kalla Lomo Mirel Nando Orla Pavo Quilla Rasmo Silva Tibor Ulla Vando
Wilma Xeno Yorick Zelda
""".split()
"""Of invented people, as the made words that are their family names."""

ORGANIZATIONS = 120
"""Invented ones."""

ONSETS = "b br c d dr f fl g gr h j k kl l m n p pl pr r s sk st t tr v w z".split()
VOWELS = "a e i o u".split()
CODAS = ["", "l", "m", "n", "r", "k", "t"]
SYLLABLES = tuple(f"{onset}{vowel}{coda}" for onset in ONSETS for vowel in VOWELS for coda in CODAS)
STRIDE = 618_033_989
"""Goes through all words of a length out of their order, being prime."""


@lru_cache(maxsize=1 << 16)
def made_word(number: int) -> str:
    """The made word of that number, from 0; each number has another word of three syllables."""
    many = len(SYLLABLES)
    place = number * STRIDE % many**3
    return SYLLABLES[place // many**2] + SYLLABLES[place // many % many] + SYLLABLES[place % many]
