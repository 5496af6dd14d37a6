"""LaTeX that has a plain form, LaTeX that has none, and signs that are no LaTeX."""

from __future__ import annotations

import pytest

from bot.text.plain import plain

PLAIN_FORMS = [
    (r"$\pi_0$: a model", "π₀: a model"),
    (r"\pi_0 without dollars", "π₀ without dollars"),
    ("π_0, π_{0.5} and τ^2-bench, as the source strips them", "π₀, π₀.₅ and τ²-bench, as the source strips them"),
    (r"$\pi_{0.5}$", "π₀.₅"),
    ("V_{0.5}: figures in braces", "V₀.₅: figures in braces"),
    ("10^{19} steps of 10^{-3}", "10¹⁹ steps of 10⁻³"),
    (r"$\text{Transformer}^2$", "Transformer²"),
    (r"$\nabla^2$DFT", "∇²DFT"),
    (r"$O(n^2 \log n)$ time", "O(n² log n) time"),
    (r"$k$-means, $\alpha$-$\beta$, $5$-shot, $kNN$, $f(x)$", "k-means, α-β, 5-shot, kNN, f(x)"),
    (r"3$\times$ faster, $p < 0.05$", "3× faster, p < 0.05"),
    (r"at \(TPP\) of \(\alpha\)", "at TPP of α"),
    (r"$\mathcal{L}$, $\mathbb{R}^n$, \mathcal{O}(n)", "ℒ, ℝⁿ, 𝒪(n)"),
    (r"$\mathcal{L}_{\mathrm{KL}}$, $x_{\max}$", "ℒ_KL, xₘₐₓ"),
    (r"$\hat{x}$ and $\bar{y}$", "x̂ and y̅"),
    (r"$\frac{1}{2}$, $\frac{a+b}{2}$, $\sqrt{n}$", "1/2, (a+b)/2, √n"),
    (r"$\left(x\right)$, $90^\circ$, $A^\top$", "(x), 90°, Aᵀ"),
    (r"$\{a, b\}$", "{a, b}"),
    (r"\textsc{Foo} and \textbf{bold \emph{and} more}", "Foo and bold and more"),
    (r"{\bf Foo}, \url{https://x.example}, \href{https://x.example}{here}", "Foo, https://x.example, here"),
    (r"5\% of AT\&T, \#1, a\_b, \$5", "5% of AT&T, #1, a_b, $5"),
    (
        r"Schr\"odinger, Schr{\"o}dinger, caf\'e, \~{n}, \c{c}, vis-\`a-vis",
        "Schrödinger, Schrödinger, café, ñ, ç, vis-à-vis",
    ),
    (r"19.63\,FPS on 1{,}182 cases", "19.63 FPS on 1,182 cases"),
    ("this ``cliff'' there", "this “cliff” there"),
    (r"Denoising\ Network\\ for Time", "Denoising Network for Time"),
    (r"\$OneMillion-Bench", "$OneMillion-Bench"),
    (r"$\mathcal{O}(n\log n)$, $\tilde{O}(N\log N\log\log N)$", "𝒪(n log n), Õ(N log N log log N)"),
    (r"$\sin x$, $2\sin\theta$, $\log(n)$, $-\log p$, $\log{n}$", "sin x, 2 sin θ, log(n), -log p, log n"),
    (r"$x\max_i y$, $(a+b)\log_2 n$, $\arg\max_i x$", "x maxᵢ y, (a+b) log₂ n, arg maxᵢ x"),
    (r"$\log\left(n\right)$, $\left(\log n\right)$", "log(n), (log n)"),
    (r"$y\operatorname{softmax}x$, $\operatorname*{argmax}_i(x)$", "y softmax x, argmaxᵢ(x)"),
    (r"$x\text{ if }y$, $\alpha\beta$", "x if y, αβ"),
]


@pytest.mark.parametrize(("written", "shown"), PLAIN_FORMS)
def test_what_has_a_plain_form_is_shown_plain(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        r"$\frac{\alpha}{\mathfrak{unknown}}$",
        r"$\begin{matrix}a\end{matrix}$",
        r"we introduce \ours{} and \implname, a method",
        r"\cite{someone2020}",
        "AnyTalk_{RT}, sum_{i=1}^{N_E}",
        "a {set} of {things",
    ],
)
def test_what_has_none_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Earn $1 Million from Real-World Work",
        "Fixing 7,400 Bugs for 1$: Cheap",
        "between $5 and $10, or US$44 in all",
        "A$AP and $x stay",
        "N_0, RL^2, SULAND_v2, 0.5M^* and P(y|x)",
        "`code` and _under_ and *stars*",
        "https://x.example/a_b#c",
        "R&D, ATT&CK, Q&A",
    ],
)
def test_signs_that_are_not_latex_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


def test_an_apostrophe_with_a_backslash_is_not_an_accent() -> None:
    assert plain(r"it\'s") == "it's"


def test_a_formula_is_read_whole_or_not_at_all() -> None:
    assert plain(r"$\alpha + \unknown{x}$ and $\alpha$") == r"$\alpha + \unknown{x}$ and α"
