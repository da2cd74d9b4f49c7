/** Caches the result of `make` per object, for as long as the object exists. */
export function keptFor<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    const kept = known.get(of);
    if (kept !== undefined) return kept.made;
    const made = make(of);
    known.set(of, { made });
    return made;
  };
}

/** Returns a cache of one result, kept as long as the parts it was made from are the same (by identity). */
export function last<Made>(): (parts: readonly unknown[], make: () => Made) => Made {
  let kept: { readonly parts: readonly unknown[]; readonly made: Made } | null = null;
  return (parts, make) => {
    if (kept?.parts.length === parts.length && kept.parts.every((part, index) => part === parts[index]))
      return kept.made;
    kept = { parts, made: make() };
    return kept.made;
  };
}

/** Computes a value on first use and keeps it; a use that fails is tried again, e.g. once the disk can be read. */
export function onFirstUse<Made>(make: () => Made): () => Made {
  let kept: { readonly made: Made } | null = null;
  return () => {
    if (kept) return kept.made;
    kept = { made: make() };
    const { made } = kept;
    if (made instanceof Promise)
      made.catch(() => {
        kept = null;
      });
    return made;
  };
}
