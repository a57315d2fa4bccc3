<?php
// POST /api/order/create as such panels do it: PDO as it comes, one transaction an order.
function answer(int $status, array $body): never {
    $text = json_encode($body);
    http_response_code($status);
    header('Content-Type: application/json');
    header('Content-Length: ' . strlen($text));
    echo $text;
    exit;
}
$asked = json_decode(file_get_contents('php://input'), true);
$pdo = new PDO('mysql:unix_socket=' . getenv('PEER_SOCKET') . ';dbname=topup', 'root', '',
               [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$one = function (string $sql, array $values) use ($pdo) {
    $statement = $pdo->prepare($sql);
    $statement->execute($values);
    return $statement;
};
$user = $one('SELECT id FROM users WHERE key_hash = ?', [hash('sha256', $_SERVER['HTTP_X_API_KEY'])])->fetch();
if (!$user) answer(401, ['status' => false]);
$service = $one('SELECT id, price FROM services WHERE id = ? AND available = 1', [$asked['layanan']])->fetch();
if (!$service) answer(404, ['status' => false]);
$pdo->beginTransaction();
$paid = $one('UPDATE users SET balance = balance - ? WHERE id = ? AND balance >= ?',
             [$service['price'], $user['id'], $service['price']])->rowCount();
if ($paid !== 1) { $pdo->rollBack(); answer(402, ['status' => false]); }
$open = $one("SELECT id FROM orders WHERE user_id = ? AND service_id = ? AND target = ? AND state = 'pending'",
             [$user['id'], $service['id'], $asked['target']])->fetch();
if ($open) { $pdo->rollBack(); answer(409, ['status' => false]); }
$invoice = 'INV-' . bin2hex(random_bytes(8));
$one('INSERT INTO orders (invoice, user_id, service_id, target, ref_id, state, price, created_at)
      VALUES (?, ?, ?, ?, ?, "pending", ?, NOW(3))',
     [$invoice, $user['id'], $service['id'], $asked['target'], $asked['ref_id'] ?? null, $service['price']]);
$id = $pdo->lastInsertId();
$one('INSERT INTO postings VALUES (?, 0, ?, ?, ?), (?, 1, ?, ?, ?)',
     [$id, $id, 'balance:' . $user['id'], -$service['price'], $id, $id, 'hold:' . $user['id'], $service['price']]);
$pdo->commit();
answer(200, ['status' => true, 'data' => ['id' => (int)$id, 'invoice' => $invoice, 'harga' => $service['price']]]);
