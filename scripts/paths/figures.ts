import { z } from 'zod';
import type { NamedFunction } from './instrument.ts';

export const figuresSchema = z.object({
  /** Distinct named functions entered, and distinct files of src they stand in. */
  functions: z.number(),
  files: z.number(),
  calls: z.number(),
  /** Consecutive entries in another top folder of src. */
  layerChanges: z.number(),
});
export type Figures = z.infer<typeof figuresSchema>;
export type FiguresOfWalks = Readonly<Record<string, Figures>>;

const idOf = ({ file, name, line }: NamedFunction): string => `${file}:${line} ${name}`;
const layerOf = (file: string): string => file.split('/')[0] ?? file;

export function figuresOf(entered: readonly NamedFunction[]): Figures {
  const layers = entered.map(({ file }) => layerOf(file));
  return {
    functions: new Set(entered.map(idOf)).size,
    files: new Set(entered.map(({ file }) => file)).size,
    calls: entered.length,
    layerChanges: layers.filter((layer, index) => layer !== layers[index - 1]).length,
  };
}

/** Files in the order in which they are entered first. */
export function filesOf(entered: readonly NamedFunction[]): readonly string[] {
  return [...new Set(entered.map(({ file }) => file))];
}

/** Functions in the order in which they are entered first, one a line, with how often: `talk/door.ts:12 line ×3`. */
export function listOf(entered: readonly NamedFunction[]): string {
  const counts = new Map<string, number>();
  for (const id of entered.map(idOf)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => `${id} ×${count}\n`).join('');
}

/** Share by which a figure may exceed the kept one: calls depend a little on what a timer does meanwhile. */
const SLACK: Readonly<Record<keyof Figures, number>> = { functions: 0, files: 0, calls: 0.02, layerChanges: 0.1 };
const WORDS: Readonly<Record<keyof Figures, string>> = {
  functions: 'functions',
  files: 'files',
  calls: 'calls',
  layerChanges: 'layer changes',
};
const FIGURES = ['functions', 'files', 'calls', 'layerChanges'] as const;

/** Errors for walks that became longer than the kept figures allow, and for walks of only one side. */
export function longer(found: FiguresOfWalks, kept: FiguresOfWalks): readonly string[] {
  return Object.entries(found).flatMap(([walk, figures]) => {
    const most = kept[walk];
    if (!most) return [`${walk}: no figures are kept of it`];
    return FIGURES.filter((figure) => figures[figure] > most[figure] * (1 + SLACK[figure])).map(
      (figure) => `${walk}: ${figures[figure]} ${WORDS[figure]}, ${figures[figure] - most[figure]} more than are kept`,
    );
  });
}

/** True if a kept figure can be lowered: some walk became shorter, and none longer. */
export function isShorter(found: FiguresOfWalks, kept: FiguresOfWalks): boolean {
  const shorter = Object.entries(found).some(([walk, figures]) =>
    FIGURES.some((figure) => figures[figure] < (kept[walk]?.[figure] ?? Number.POSITIVE_INFINITY)),
  );
  return shorter && longer(found, kept).length === 0;
}

/** One line of the table for each walk, beside the kept figures. */
export function tableOf(found: FiguresOfWalks, kept: FiguresOfWalks): string {
  const cell = (walk: string, figure: keyof Figures): string =>
    `${found[walk]?.[figure] ?? '?'} (${kept[walk]?.[figure] ?? '?'})`;
  const lines = Object.keys(found).map((walk) => [walk, ...FIGURES.map((figure) => cell(walk, figure))]);
  return [['walk', ...FIGURES.map((figure) => WORDS[figure])], ...lines]
    .map(([name = '', ...cells]) => [name.padEnd(16), ...cells.map((one) => one.padStart(18))].join(''))
    .join('\n');
}
