"""Tests of evaluate.py on cases small enough to count by hand.   python3 -m unittest discover Benchmarks/linkage"""

import json
import os
import random
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import evaluate  # noqa: E402


class EvaluateTests(unittest.TestCase):
    def test_pairs_at_the_threshold_and_at_the_best(self):
        truth = [0, 0, 0, 1, 1, 2]  # 3 + 1 true pairs
        pairs = [(0, 1, 9.0, 0.99), (3, 4, 8.0, 0.98), (2, 5, 3.0, 0.6), (0, 2, 1.0, 0.55), (1, 5, -2.0, 0.1)]
        result = evaluate.judge_pairs(pairs, truth, ("probability", 0.6))
        self.assertEqual(result["at"], {"precision": 2 / 3, "recall": 2 / 4, "f1": 4 / 7})
        self.assertEqual(result["best"]["f1"], 2 * 3 / (4 + 4))
        self.assertEqual(result["best_at"], 1.0)
        self.assertEqual(evaluate.judge_pairs(pairs, truth, ("weight", 8.5))["at"]["recall"], 1 / 4)
        self.assertEqual(evaluate.judge_pairs(pairs, truth)["at"]["precision"], 3 / 5)

    def test_equal_scores_are_never_split(self):
        pairs = [(0, 1, 1.0, None), (0, 2, 1.0, None), (1, 2, 1.0, None)]
        self.assertEqual(evaluate.judge_pairs(pairs, [0, 0, 1])["best"]["precision"], 1 / 3)
        self.assertEqual(evaluate.best_components(pairs, [0, 0, 1])[0]["f1"], 2 / (3 + 1))

    def test_clusters(self):
        result = evaluate.judge_clusters([7, 7, 7, 8, 9, 9], [0, 0, 1, 1, 2, 2])
        self.assertEqual((result["precision"], result["recall"]), (2 / 4, 2 / 3))
        self.assertAlmostEqual(result["b3_precision"], (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
        self.assertAlmostEqual(result["b3_recall"], (1 + 1 + 1 / 2 + 1 / 2 + 1 + 1) / 6)
        self.assertEqual((result["clusters"], result["largest"]), (3, 3))

    def test_perfect_and_empty(self):
        self.assertEqual(evaluate.judge_clusters([0, 0, 1], [5, 5, 6])["f1"], 1.0)
        self.assertEqual(evaluate.judge_clusters([0, 1, 2], [5, 5, 6])["f1"], 0.0)
        self.assertEqual(evaluate.judge_pairs([], [0, 0])["at"], {"precision": 1.0, "recall": 0.0, "f1": 0.0})

    def test_components_against_brute_force(self):
        for seed in range(30):
            draw = random.Random(seed)
            truth = [draw.randrange(5) for _ in range(12)]
            pairs = [(a, b, draw.randrange(6), None) for a in range(12) for b in range(a + 1, 12) if draw.random() < 0.2]
            pairs.sort(key=lambda pair: -pair[2])
            best = 0.0
            for threshold in range(6):
                labels = list(range(12))
                for a, b, score, _ in pairs:
                    if score >= threshold and labels[a] != labels[b]:
                        labels = [labels[a] if label == labels[b] else label for label in labels]
                best = max(best, evaluate.judge_clusters(labels, truth)["f1"])
            self.assertAlmostEqual(evaluate.best_components(pairs, truth)[0]["f1"], best, msg=f"seed {seed}")

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            def write(name, text):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
            write("records.csv", 'rec_id,cluster,name\na,x,"one, two"\nb,x,one\nc,y,three\nd,,four\ne,,five\n')
            write("pairs.csv", "file_a,row_a,file_b,row_b,weight,probability\nf,2,f,1,5.0,0.97\nf,1,f,3,-1.0,0.33\n")
            write("clusters.csv", "file,row,id,cluster\nf,1,a,1\nf,2,b,1\nf,3,c,2\n")
            write("model.json", json.dumps({"version": 1, "model": {"threshold": {"probability": 0.5}}}))
            report = evaluate.judge(os.path.join(folder, "records.csv"), folder)
        self.assertEqual(report["threshold"], ("probability", 0.5))
        self.assertEqual(report["pairs"]["at"]["f1"], 1.0)
        self.assertEqual(report["clusters"]["f1"], 1.0)
        self.assertEqual(report["clusters"]["clusters"], 4)

    def test_columns(self):
        self.assertEqual(evaluate.pair_columns(["row_l", "row_r", "probability"]), ("row_l", "row_r", None, "probability"))
        with self.assertRaises(ValueError):
            evaluate.pair_columns(["id_a", "id_b", "weight"])


if __name__ == "__main__":
    unittest.main()
