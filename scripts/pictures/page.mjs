// Draws a message as a page on stdout. Arguments: a file of blocks as JSON, light or dark, and the app's name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx";

const [file, theme, name] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const blocks = JSON.parse(readFileSync(file, "utf8"));
const svg = (content) => `data:image/svg+xml;base64,${Buffer.from(content).toString("base64")}`;

const fonts = [400, 700, 900].map((weight) => {
  const font = require.resolve(`@fontsource/lato/files/lato-latin-${weight}-normal.woff2`);
  const data = readFileSync(font).toString("base64");
  return `@font-face{font-family:Lato;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
});

const logo = svg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="#1f2a44"/>
<path d="M10 8h11l5 5v15H10z" fill="#fff"/><path d="M13 16h10M13 20h10M13 24h6" stroke="#1f2a44" stroke-width="1.6"/></svg>`);

// Sample papers have no pictures of their own: a drawn first page stands in for them.
const line = (y, width) => `<rect x="26" y="${y}" width="${width}" height="4" fill="#b8bcc6"/>`;
const firstPage = svg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 176 176"><rect width="176" height="176" fill="#eceef3"/>
<rect x="14" y="12" width="148" height="164" fill="#fff"/><rect x="40" y="26" width="96" height="8" fill="#3b4667"/>
<rect x="58" y="40" width="60" height="4" fill="#8a90a3"/>${[56, 64, 72, 80].map((y) => line(y, 124)).join("")}
<rect x="26" y="94" width="56" height="44" fill="#dfe5f5"/><path d="M30 132l14-18 10 9 12-20 12 29z" fill="#6f86c9"/>
${[94, 102, 110, 118, 126, 134].map((y) => `<rect x="92" y="${y}" width="58" height="4" fill="#b8bcc6"/>`).join("")}
${[148, 156, 164].map((y) => line(y, 124)).join("")}</svg>`);

const drawn = JSON.parse(JSON.stringify(blocks), (key, value) => (key === "image_url" ? firstPage : value));
const message = createElement(Message, {
  blocks: drawn,
  logo,
  name,
  theme,
  time: new Date(2026, 2, 10, 9, 5),
});
const style = readFileSync(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");
process.stdout.write(`<!doctype html><html data-theme="${theme}"><meta charset="utf-8">
<style>${style}${fonts.join("")}
html{background:${theme === "dark" ? "#1a1d21" : "#fff"};color-scheme:${theme}}
body{margin:0;padding:12px 12px 20px}
#slack_blocks_to_jsx,#slack_blocks_to_jsx :not(pre,pre *,code){font-family:Lato,sans-serif!important}
</style><body>${renderToStaticMarkup(message)}
<script>document.fonts.ready.then(() => { document.documentElement.dataset.height = document.body.scrollHeight; });</script>
</body></html>`);
