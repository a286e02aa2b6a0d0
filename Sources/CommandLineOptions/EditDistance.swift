/// Edits (insert, delete, replace, swap two neighbours) that turn `source` into `target`.
///
/// A swap counts as one, because `--prot` is the commonest way to misspell `--port`.
func editDistance(from source: String, to target: String) -> Int {
    let source = Array(source.utf8)
    let target = Array(target.utf8)
    var beforePrevious: [Int] = []
    var previous = Array(0...target.count)
    for i in source.indices {
        var current = [i + 1]
        for j in target.indices {
            let replaced = previous[j] + (source[i] == target[j] ? 0 : 1)
            var best = min(replaced, previous[j + 1] + 1, current[j] + 1)
            if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                best = min(best, beforePrevious[j - 1] + 1)
            }
            current.append(best)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[target.count]
}

/// The candidate that `word` is probably meant to be, if any is close enough.
///
/// Close enough is one edit in three letters, or being the only candidate that begins with `word`.
/// A word of more than 64 bytes is no typing error and is not compared.
func nearest(to word: String, in candidates: [String]) -> String? {
    guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
    let extensions = candidates.filter { $0.hasPrefix(word) }
    if let only = extensions.first, extensions.count == 1 { return only }
    let ranked = candidates.map { (candidate: $0, distance: editDistance(from: word, to: $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    let allowed = max(1, max(word.utf8.count, best.candidate.utf8.count) / 3)
    return best.distance <= allowed ? best.candidate : nil
}
